/** Properties draw the same cases in every run of `make test`, so that a change is what turns them red; `make soak` draws anew. */
import fc from 'fast-check';

if (!process.env.FABULA_SOAK) fc.configureGlobal({ seed: 4 });
