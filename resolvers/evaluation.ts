import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, Field, Float, Int, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { FabulaError } from '../schema/errors.js';
import { readComparable } from '../src/formats/comparable.js';
import { type ComparableScript, comparableOf } from '../src/narrative/evaluation/comparable-script.js';
import { type Comparison, compareScripts } from '../src/narrative/evaluation/compare-scripts.js';
import { scoreComparison } from '../src/narrative/evaluation/evaluate.js';
import { explainComparison } from '../src/narrative/evaluation/explain.js';
import { type Judge, type JudgeAgreement, judgeComparison } from '../src/narrative/evaluation/judge.js';
import { mayActAs } from './access.js';
import type { Context } from './context.js';
import { CharacterConflict, EvaluationFinding, MappedCharacter } from './evaluation-findings.js';
import {
  EvaluatedEvents,
  EvaluationAgreement,
  EvaluationJudge,
  EventFieldScores,
  hitList,
  SceneEvaluation,
  TemporalHit,
} from './evaluation-scores.js';

@ObjectType({ simpleResolvers: true, description: 'How the score is as the film goes on.' })
class StretchScore {
  @Field(() => Int, { description: 'Where the stretch begins.' })
  startMs!: number;

  @Field(() => Int, { description: 'Where it ends.' })
  endMs!: number;

  @Field(() => Int, { description: 'Events of the reference in it.' })
  events!: number;

  @Field(() => Float, { description: 'Mean F1 there, 0…100.' })
  overall!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'How much of what a script says, and when, a reference says, too. All scores are 0…100.',
})
class ScriptEvaluation {
  @Field(() => Float, { description: 'Mean F1 of the fields that either script has.' })
  overall!: number;

  @Field(() => [Float], {
    nullable: true,
    description: 'Where 95 % of bootstrap samples of the reference’s scenes put it; null with fewer than two scenes.',
  })
  confidence?: readonly number[];

  @Field(() => EventFieldScores, { description: 'Field by field.' })
  fields!: EventFieldScores;

  @Field(() => [TemporalHit], { description: 'Times found.' })
  tIoU!: TemporalHit[];

  @Field(() => SceneEvaluation, { description: 'How well scenes are predicted.' })
  scene!: SceneEvaluation;

  @Field(() => EvaluationJudge, { description: 'Who compared.' })
  judge!: EvaluationJudge;

  @Field(() => EvaluationAgreement, {
    nullable: true,
    description: 'How far the judge agrees with the lexical one; null where that one judged.',
  })
  agreement?: JudgeAgreement;

  @Field(() => EvaluatedEvents, { description: 'How many events were compared.' })
  events!: EvaluatedEvents;

  @Field(() => [MappedCharacter], { description: 'Who is who.' })
  characters!: readonly MappedCharacter[];

  @Field(() => [CharacterConflict], { description: 'Where the scripts disagree about who is one person.' })
  conflicts!: readonly CharacterConflict[];

  @Field(() => String, { description: 'The reference’s length in minutes: 0-5, 5-10, 10-20, 20-40 or 40+.' })
  lengthBucket!: string;

  @Field(() => [StretchScore], { description: 'Five minutes after five minutes.' })
  stretches!: readonly StretchScore[];

  @Field(() => [String], { description: 'What the figures do not tell.' })
  notes!: readonly string[];

  @Field(() => [EvaluationFinding], { description: 'The worst mistakes, the worst first.' })
  misses!: readonly EvaluationFinding[];
}

const ScriptJudge = { LEXICAL: 'LEXICAL', LANGUAGE_MODEL: 'LANGUAGE_MODEL' } as const;
type ScriptJudge = keyof typeof ScriptJudge;
registerEnumType(ScriptJudge, {
  name: 'ScriptJudge',
  description: 'Who says how alike two texts are.',
  valuesConfig: {
    LEXICAL: { description: 'Fabula’s own: compares letters, at once, and says the same every time.' },
    LANGUAGE_MODEL: {
      description:
        'The language model that is configured; takes the role editor. What it has said is kept: where an answer takes longer than a request may, ask again, and it goes on from there.',
    },
  },
});

/** Mistakes that an answer may hold. */
const mostMisses = 100;
/** Ids are no longer than this; a script is. */
const longestId = 200;

const scriptDescription =
  'An episode’s id, or a script: the text of any format that is read, or OmniScript JSON as an object.';

@Resolver()
export class EvaluationResolver {
  @Query(() => ScriptEvaluation, {
    complexity: 5000,
    description: 'Evaluates a script by a reference.',
  })
  async evaluateScript(
    @Arg('predicted', () => GraphQLJSON, { description: scriptDescription }) predicted: unknown,
    @Arg('reference', () => GraphQLJSON, { description: scriptDescription }) reference: unknown,
    @Arg('misses', () => Int, { defaultValue: 20, description: `How many mistakes to tell, 0…${mostMisses}.` })
    misses: number,
    @Arg('judge', () => ScriptJudge, { defaultValue: 'LEXICAL', description: 'Who compares.' }) judge: ScriptJudge,
    @Ctx() context: Context,
  ): Promise<ScriptEvaluation> {
    if (misses < 0 || misses > mostMisses)
      throw new FabulaError('INVALID_INPUT', `misses must be from 0 to ${mostMisses}.`);
    const modelJudge = judge === 'LANGUAGE_MODEL' ? modelJudgeOf(context) : undefined;
    const lexical = compareScripts(
      await readScript('predicted', predicted, context),
      await readScript('reference', reference, context),
    );
    const judged: { comparison: Comparison; agreement?: JudgeAgreement } = modelJudge
      ? await judgeComparison(lexical, modelJudge, context.signal ?? new AbortController().signal)
      : { comparison: lexical };
    const { comparison, agreement } = judged;
    const { tIoU, scene, confidence, ...scores } = scoreComparison(comparison, modelJudge);
    return {
      ...scores,
      ...(agreement && { agreement }),
      ...(confidence && { confidence: confidence.overall }),
      tIoU: hitList(tIoU),
      scene: { ...scene, tIoU: hitList(scene.tIoU) },
      misses: explainComparison(comparison)
        .filter(({ loss }) => loss > 0)
        .slice(0, misses),
    };
  }
}

function modelJudgeOf({ modelJudge, caller }: Context): Judge {
  if (!mayActAs(caller, 'editor'))
    throw new FabulaError('FORBIDDEN', 'Asking a language model to judge takes the role editor.');
  if (modelJudge) return modelJudge;
  throw new FabulaError(
    'BAD_CONFIG',
    'There is no language model to judge with.',
    'Set FABULA_LLM_URL (an endpoint that speaks the OpenAI protocol) and FABULA_LLM_MODEL.',
  );
}

async function readScript(argument: string, value: unknown, { store }: Context): Promise<ComparableScript> {
  if (typeof value === 'string' && value.length <= longestId && !value.includes('\n')) {
    const narrative = await store.readNarrative(value, 'effective');
    if (narrative) return comparableOf(narrative);
    if (!/[\s{]/.test(value)) throw new FabulaError('NOT_FOUND', `${argument}: there is no episode ${value}.`);
  }
  if (typeof value !== 'string' && (typeof value !== 'object' || value === null))
    throw new FabulaError('INVALID_INPUT', `${argument} must be an episode’s id, or a script as text or object.`);
  return readComparable(typeof value === 'string' ? value : JSON.stringify(value)).script;
}
