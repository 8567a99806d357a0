/** `node dist/examples/film-main.js OUT.mp4`: renders the demo film to a file. */
import { renderDemoFilm } from './render.js';

const [outPath] = process.argv.slice(2);
if (!outPath) {
  console.error('Usage: node dist/examples/film-main.js OUT.mp4');
  process.exit(2);
}
try {
  const film = await renderDemoFilm(outPath);
  console.log(`${outPath}: "${film.title}", ${film.seconds} s, ${film.shots.length} shots, ${film.lines.length} lines`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
