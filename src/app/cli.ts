#!/usr/bin/env node
/** The command line: one file a command in `commands/`, loaded when asked for. */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { FabulaError } from '../../schema/errors.js';
import { reportError } from './report-error.js';
import { version } from './version.js';

/** Aborts on Ctrl-C and SIGTERM, so that commands can let go of what they hold. */
const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());

/** Whoever read what is printed may go (`| head -1`); the work goes on. */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

function wholeNumber(low: number, high: number): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < low || number > high)
      throw new InvalidArgumentError(`Must be a whole number from ${low} to ${high}.`);
    return number;
  };
}

function seconds(text: string): number {
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!(number >= 0 && number < 1e6)) throw new InvalidArgumentError('Must be a number of seconds.');
  return number;
}

const program = new Command('fabula')
  .description('The narrative graph for film and short drama: video in, a queryable story out.')
  .version(version)
  .configureOutput({ outputError: () => {} })
  .exitOverride()
  .hook('preAction', async () => (await import('./config.js')).runAsInProduction());

program
  .command('analyze')
  .description('watch films and put their stories into the graph')
  .argument('<video...>', 'video files, or addresses on FABULA_MEDIA_HOSTS')
  .option('--subtitles <file>', 'SRT, WebVTT or ASS file (with one film only)')
  .option('--title <title>', 'title of the episode; default: the file’s name (with one film only)')
  .option('--series <title>', 'series that the episodes belong to')
  .option('--json', 'print one JSON line a film')
  .action(async (videos, options) =>
    (await import('./commands/analyze.js')).analyze(videos, options, interrupted.signal),
  );

program
  .command('serve')
  .description('serve GraphQL and GraphiQL, and work on jobs')
  .option('--port <port>', 'port; 0 takes a free one', wholeNumber(0, 65535), 4000)
  .option('--host <host>', 'address to listen on', '127.0.0.1')
  .option('--work', 'work on jobs here, too, although REDIS_URL is set')
  .option('--no-work', 'leave all jobs to workers (default where REDIS_URL is set)')
  .action(async (options) => (await import('./commands/serve.js')).serve(options, interrupted.signal));

program
  .command('worker')
  .description('work on jobs that others asked for; any number of workers, on any machines that see the media')
  .option('--concurrency <n>', 'jobs at a time', wholeNumber(1, 64), 1)
  .action(async (options) => (await import('./commands/worker.js')).work(options, interrupted.signal));

program
  .command('episodes')
  .description('list what is in the graph')
  .option('--json', 'print JSON')
  .action(async (options) => (await import('./commands/episodes.js')).listEpisodes(options));

program
  .command('search')
  .description('find moments by what is said and seen')
  .argument('<text...>', 'words to look for')
  .option('--episode <id>', 'only in this episode')
  .option('--first <n>', 'at most this many', wholeNumber(1, 100), 20)
  .option('--json', 'print JSON')
  .action(async (text, options) => (await import('./commands/search.js')).search(text.join(' '), options));

program
  .command('characters')
  .description('list who is in an episode')
  .argument('<episode>', 'id of the episode')
  .option('--json', 'print JSON')
  .action(async (episode, options) => (await import('./commands/characters.js')).listCharacters(episode, options));

program
  .command('rename')
  .description('name a character, in all its episodes')
  .argument('<character>', 'id of the character')
  .argument('<name>', 'its name')
  .option('--json', 'print JSON')
  .action(async (character, name, options) => (await import('./commands/edits.js')).rename(character, name, options));

program
  .command('merge')
  .description('make characters one who are one')
  .argument('<keep>', 'id of the character whose name stays')
  .argument('<other...>', 'ids of those who are the same')
  .option('--json', 'print JSON')
  .action(async (keep, others, options) => (await import('./commands/edits.js')).merge(keep, others, options));

program
  .command('split')
  .description('take what is somebody else out of a character')
  .argument('<character>', 'id of the character')
  .option('--persons <id...>', 'its persons: whole episodes of it')
  .option('--appearances <id...>', 'its appearances in single shots')
  .option('--events <id...>', 'what it says or does')
  .option('--episodes <id...>', 'episodes in which it is somebody else')
  .option('--name <name>', 'name of the new character')
  .option('--json', 'print JSON')
  .action(async (character, options) => (await import('./commands/edits.js')).split(character, options));

program
  .command('correct')
  .description('correct a field of anything in the graph')
  .argument('<node>', 'id of the node')
  .argument('<field>', 'name of the field')
  .argument('<value>', 'its value; null empties it')
  .option('--json', 'print JSON')
  .action(async (node, field, value, options) =>
    (await import('./commands/edits.js')).correct(node, field, value, options),
  );

program
  .command('undo')
  .description('take an edit back')
  .argument('<edit>', 'id of the edit')
  .option('--json', 'print JSON')
  .action(async (edit, options) => (await import('./commands/edits.js')).undo(edit, options));

program
  .command('edits')
  .description('list what people have corrected in an episode')
  .argument('<episode>', 'id of the episode')
  .option('--json', 'print JSON')
  .action(async (episode, options) => (await import('./commands/edits.js')).listEdits(episode, options));

program
  .command('delete')
  .description('remove an episode with its artifacts and pictures')
  .argument('<episode>', 'id of the episode')
  .action(async (episode) => (await import('./commands/delete.js')).deleteEpisode(episode));

program
  .command('query')
  .description('run one GraphQL query without a server')
  .argument('<graphql>', 'the query; - reads it from standard input')
  .option('--variables <json>', 'variables as a JSON object')
  .action(async (graphql, options) => (await import('./commands/query.js')).query(graphql, options));

program
  .command('import')
  .description('put the story of a script into the graph')
  .argument('<file...>', 'scripts')
  .option('--format <format>', 'what they are written in; default: told by their content')
  .option(
    '--title <title>',
    'title of the episode; default: the script’s own, or the file’s name (with one script only)',
  )
  .option('--series <title>', 'series that the episodes belong to')
  .option('--json', 'print one JSON line a script')
  .action(async (files, options) =>
    (await import('./commands/import.js')).importScripts(files, options, interrupted.signal),
  );

program
  .command('export')
  .description('write an episode in another format')
  .argument('<episode>', 'id of the episode')
  .option(
    '--format <format>',
    'json, fountain, fdx and other formats of scripts, or contact-sheet: everybody’s faces as HTML (default: json)',
  )
  .option('-o, --output <file>', 'file to write; default: standard output, or a name after the episode’s title')
  .option('--pseudonyms', 'call everybody by a name that is not theirs; the same ones by FABULA_PSEUDONYM_KEY')
  .option('--also-names <names>', 'with --pseudonyms: more names to replace, separated by commas')
  .option('--report <file>', 'with --pseudonyms: what was replaced, and what was not sure, as JSON')
  .option('--pictures <folder>', 'write keyframes and portraits there, too')
  .option('--pixelate', 'hide all faces that are found on pictures, contact sheet and clip')
  .option('--clip <file>', 'with --pixelate: write the film, or a stretch of it, as MP4')
  .option('--from <seconds>', 'with --clip: where it begins', seconds)
  .option('--to <seconds>', 'with --clip: where it ends', seconds)
  .option('--sound', 'with --clip: keep the sound, in which voices tell who speaks')
  .action(async (episode, options) =>
    (await import('./commands/export.js')).exportEpisode(episode, options, interrupted.signal),
  );

program
  .command('align')
  .description('lay a script or subtitle file over an analysed film: its names and words, the film’s times')
  .argument('<episode>', 'id of the film’s episode')
  .argument('<file>', 'the script')
  .option('--format <format>', 'what it is written in; default: told by its content')
  .option('--report <file>', 'write every line and where it went; as JSON where the name ends in .json')
  .option('--json', 'print one JSON line')
  .action(async (episode, file, options) =>
    (await import('./commands/align.js')).align(episode, file, options, interrupted.signal),
  );

program
  .command('evaluate')
  .description('say how much of what a script says, and when, a reference says, too')
  .argument('<predicted>', 'a script in any format that is read, an episode’s id, or a folder of scripts')
  .argument('<reference>', 'what it should say; a folder has a file of the same name for each')
  .option('--json', 'print JSON')
  .option('--html <file>', 'write a page to look through, the worst misses first')
  .option('--explain <file>', 'write what became of every event as JSON')
  .option('--judge <judge>', 'lexical, or llm: the model of FABULA_LLM_MODEL', 'lexical')
  .action(async (predicted, reference, options) =>
    (await import('./commands/evaluate.js')).evaluate(predicted, reference, options, interrupted.signal),
  );

program
  .command('calibrate')
  .description('draw a sample of what an episode says for people to judge, or take their verdicts in')
  .argument('<episode>', 'id of the episode, or of a series')
  .option('--size <n>', 'items to draw', wholeNumber(200, 500), 300)
  .option('--seed <n>', 'what to draw by: the same seed draws the same', wholeNumber(0, 2 ** 31 - 1), 1)
  .option('--format <format>', 'csv or json; default: by the file’s name, else csv')
  .option('-o, --output <file>', 'file to write the form to; default: standard output')
  .option('--verdicts <file...>', 'filled forms: say how right the sample is, and correct what is wrong')
  .option('--annotator <name>', 'who filled in rows without a name')
  .option('--gate <percent>', 'share of right items from which the sample passes', wholeNumber(0, 100), 90)
  .option('--dry-run', 'with --verdicts: correct nothing')
  .option('--json', 'with --verdicts: print JSON')
  .action(async (episode, options) => (await import('./commands/calibrate.js')).calibrate(episode, options));

const models = program.command('models').description('the models that Fabula sees and hears with');
models
  .command('list')
  .description('list models and whether they are here')
  .option('--json', 'print JSON')
  .action(async (options) => (await import('./commands/models.js')).listModels(options));

models
  .command('pull')
  .description('fetch models that are not bundled; goes on where it was stopped')
  .argument('[name...]', 'models to fetch; default: the best for each task')
  .action(async (names) => (await import('./commands/models.js')).pullModels(names, interrupted.signal));
models
  .command('verify')
  .description('read pulled models again and compare them with their checksums')
  .argument('[name...]', 'models to verify; default: all that are here')
  .action(async (names) => (await import('./commands/models.js')).verifyModels(names));

const store = program.command('store').description('move graphs between stores');
store
  .command('copy')
  .description('copy all episodes, edits and characters')
  .requiredOption('--from <url>', 'Neo4j address, or file of an embedded store')
  .requiredOption('--to <url>', 'the same; what it has of these episodes is replaced')
  .option('--json', 'print JSON')
  .action(async (options) => (await import('./commands/store.js')).copyStore(options));

program
  .command('doctor')
  .description('say what is missing and how to get it')
  .option('--json', 'print JSON')
  .action(async (options) => (await import('./commands/doctor.js')).doctor(options));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.exitCode = reportError(error);
  else if (error.exitCode !== 0) process.exitCode = reportError(asUsageError(error));
}

function asUsageError(error: CommanderError): FabulaError {
  if (error.code === 'commander.help') return new FabulaError('BAD_USAGE', 'Say what to do.', 'See fabula --help.');
  const sentence = error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' ');
  return new FabulaError(
    'BAD_USAGE',
    `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`.replace(/\.\.$/, '.'),
    'See fabula --help.',
  );
}
