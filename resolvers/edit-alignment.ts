/** Of an edit that lays a script over a film: figures where edits are listed, every line where somebody asks. */
import { GraphQLJSON } from 'graphql-scalars';
import { FieldResolver, Resolver, Root } from 'type-graphql';
import { Edit, EditChange } from '../schema/edit.js';
import type { Alignment } from '../src/narrative/alignment/alignment.js';
import { summaryOf } from '../src/narrative/alignment/summary.js';

@Resolver(() => EditChange)
export class EditChangeResolver {
  @FieldResolver(() => GraphQLJSON, {
    nullable: true,
    description:
      'The new value, of a SPLIT the new character’s name, of ALIGN what came of it in figures; null empties the field.',
  })
  value(@Root() { operation, value }: EditChange): unknown {
    return operation === 'ALIGN' ? summaryOf(value as Alignment) : value;
  }
}

@Resolver(() => Edit)
export class EditAlignmentResolver {
  @FieldResolver(() => GraphQLJSON, {
    nullable: true,
    description:
      'Of ALIGN: `lines`, each with its outcome (MATCHED, ESTIMATED, UNPLACED and why), the film’s time, likeness and distance from the script’s clock; `laid`, what the script says on each cue; and `map`, from clock to clock.',
  })
  alignment(@Root() { operation: { operation, value } }: Edit): unknown {
    return operation === 'ALIGN' ? value : undefined;
  }
}
