// Builds when the sources are newer than the last build, so that a warm start costs milliseconds.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, statSync, writeFileSync } from 'node:fs';

const stamp = 'dist/.built';
const sources = globSync('{apps,libs,test}/**/*.{ts,html,css,js}').concat(
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
);
const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;

if (sources.some((file) => statSync(file).mtimeMs > builtAt)) {
  process.stderr.write('Building…\n');
  execFileSync('nest', ['build'], { stdio: 'inherit' });
  writeFileSync(stamp, '');
}
