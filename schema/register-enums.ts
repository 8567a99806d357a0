import { registerEnumType } from 'type-graphql';
import * as enums from './enums.js';

/** Makes every vocabulary of `enums.ts` known to the GraphQL schema, under its own name. */
for (const [name, values] of Object.entries(enums)) registerEnumType(values as Record<string, string>, { name });

export * from './enums.js';
