import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FabulaError } from '../../../schema/errors.js';
import { languageModelJudge } from '../../../workers/llm/judge.js';
import { writeEvaluationPage } from '../../formats/evaluation/page.js';
import { counted } from '../../narrative/counted.js';
import type { ComparableScript } from '../../narrative/evaluation/comparable-script.js';
import { compareScripts } from '../../narrative/evaluation/compare-scripts.js';
import { type Evaluation, scoreComparison } from '../../narrative/evaluation/evaluate.js';
import { summariseSet } from '../../narrative/evaluation/evaluation-set.js';
import { explainComparison, type Finding } from '../../narrative/evaluation/explain.js';
import { type Judge, type JudgeAgreement, judgeComparison } from '../../narrative/evaluation/judge.js';
import { type Config, readConfig } from '../config.js';
import { foldersOf } from '../open.js';
import { readScript } from '../read-script.js';
import { oneLine } from '../report-error.js';
import { sayEvaluation, saySet } from '../say-evaluation.js';
import { writeOutput } from '../write-output.js';

export interface EvaluateOptions {
  readonly json?: boolean;
  /** File for the page to look through. */
  readonly html?: string;
  /** File for all findings, as JSON. */
  readonly explain?: string;
  readonly judge: string;
}

const judges = ['lexical', 'llm'] as const;
/** Findings that `--json` prints. */
const mostMisses = 20;

interface Evaluated {
  readonly evaluation: Evaluation;
  readonly findings: readonly Finding[];
  readonly agreement?: JudgeAgreement;
}

/**
 * Evaluates a script by a reference, or all scripts of a folder by those of the same names in another one, and prints
 * the scores. BAD_USAGE, NOT_FOUND, INVALID_INPUT, REMOTE_FAILED, and what formats throw.
 */
export async function evaluate(
  predicted: string,
  reference: string,
  options: EvaluateOptions,
  signal: AbortSignal,
): Promise<void> {
  const config = readConfig();
  const judge = judgeNamed(options.judge, config);
  if ((await isFolder(predicted)) && (await isFolder(reference))) {
    if (options.html !== undefined || options.explain !== undefined)
      throw new FabulaError('BAD_USAGE', '--html and --explain are for one script, not for folders.');
    return evaluateFolders(predicted, reference, { config, judge, json: options.json, signal });
  }
  const scripts = [await readScript(predicted, config), await readScript(reference, config)] as const;
  for (const { name, report } of scripts) {
    const lost = report.filter(({ what }) => what !== 'ESTIMATED').length;
    if (lost > 0)
      process.stderr.write(`${oneLine(name)}: ${counted(lost, 'value')} changed or lost when it was read.\n`);
  }
  const [one, other] = scripts;
  const found = await evaluated(one.script, other.script, judge, signal);
  const { evaluation, findings, agreement } = found;
  if (options.html !== undefined)
    await writeOutput(options.html, writeEvaluationPage({ predicted: one.name, reference: other.name, ...found }));
  if (options.explain !== undefined)
    await writeOutput(options.explain, `${JSON.stringify({ judge: evaluation.judge, findings }, null, 2)}\n`);
  const misses = findings.filter(({ loss }) => loss > 0).slice(0, mostMisses);
  process.stdout.write(
    options.json
      ? `${JSON.stringify({ ...evaluation, ...(agreement && { agreement }), misses })}\n`
      : sayEvaluation(evaluation, misses, agreement),
  );
}

async function evaluateFolders(
  predicted: string,
  reference: string,
  { config, judge, json, signal }: { config: Config; judge?: Judge; json?: boolean; signal: AbortSignal },
): Promise<void> {
  const files = await readdir(predicted, { withFileTypes: true });
  const wanted = new Set((await readdir(reference)).filter((name) => !name.startsWith('.')));
  const names = files.flatMap((file) => (file.isFile() && wanted.has(file.name) ? [file.name] : [])).sort();
  for (const name of [...wanted].filter((each) => !names.includes(each)).sort())
    process.stderr.write(`${oneLine(name)}: there is no prediction.\n`);
  const films: { name: string; evaluation: Evaluation }[] = [];
  for (const name of names) {
    const { script } = await readScript(join(predicted, name), config);
    const { script: truth } = await readScript(join(reference, name), config);
    films.push({ name, evaluation: (await evaluated(script, truth, judge, signal)).evaluation });
  }
  const [first, ...rest] = films.map(({ evaluation }) => evaluation);
  if (!first)
    throw new FabulaError(
      'NOT_FOUND',
      'The two folders have no file name in common.',
      'A prediction has the name of its reference.',
    );
  const set = summariseSet([first, ...rest]);
  process.stdout.write(json ? `${JSON.stringify({ ...set, each: films })}\n` : saySet(set, films));
}

async function evaluated(
  predicted: ComparableScript,
  reference: ComparableScript,
  judge: Judge | undefined,
  signal: AbortSignal,
): Promise<Evaluated> {
  const comparison = compareScripts(predicted, reference);
  if (!judge) return { evaluation: scoreComparison(comparison), findings: explainComparison(comparison) };
  const { comparison: judged, agreement } = await judgeComparison(comparison, judge, signal);
  return { evaluation: scoreComparison(judged, judge), findings: explainComparison(judged), agreement };
}

/** Nobody for the lexical judge, who has compared already. */
function judgeNamed(name: string, { llm, home }: Config): Judge | undefined {
  const known = judges.find((each) => each === name.toLowerCase());
  switch (known) {
    case 'lexical':
      return undefined;
    case 'llm':
      if (llm) return languageModelJudge(llm, foldersOf(home).judgements);
      throw new FabulaError(
        'BAD_CONFIG',
        'There is no language model to judge with.',
        'Set FABULA_LLM_URL (an endpoint that speaks the OpenAI protocol) and FABULA_LLM_MODEL.',
      );
    case undefined:
      throw new FabulaError('BAD_USAGE', `There is no judge "${name}".`, `Known judges: ${judges.join(', ')}.`);
    default:
      return known satisfies never;
  }
}

const isFolder = async (path: string) => (await stat(path).catch(() => undefined))?.isDirectory() ?? false;
