import type { ModelCalls, ModelName } from './host.js';
import { orPulled } from './pulled.js';
import type { OpenSession } from './sessions.js';

/** A loaded model: answers its requests. */
export type Model<Name extends ModelName> = (input: ModelCalls[Name]['in']) => Promise<ModelCalls[Name]['out']>;

/** Makes a model ready; called once in a child's life, at the model's first request. */
export type LoadModel<Name extends ModelName> = (openSession: OpenSession) => Promise<Model<Name>>;

/** Every model the child knows; its module is imported at the first request. */
export const models: { readonly [Name in ModelName]: () => Promise<LoadModel<Name>> } = {
  'bodies.pose': async () => (await import('./movenet.js')).loadBodyPose,
  'faces.embed': async () =>
    orPulled(
      'EMBED_FACE',
      async () => (await import('./face-embedding.js')).loadFaceEmbedding,
      async () => (await import('./sface.js')).loadSface,
    ),
  'faces.expression': async () => (await import('./face-expression.js')).loadFaceExpression,
  'faces.find': async () =>
    orPulled(
      'FIND_FACES',
      async () => (await import('./blazeface.js')).loadFaceDetector,
      async () => (await import('./yunet.js')).loadYunet,
    ),
  'faces.mesh': async () => (await import('./face-mesh.js')).loadFaceMesh,
  'objects.find': async () =>
    orPulled(
      'FIND_OBJECTS',
      async () => (await import('./centernet.js')).loadObjectDetector,
      async () => (await import('./yolox.js')).loadYolox,
    ),
  'ocr.detect': async () => (await import('./paddle-ocr.js')).loadTextDetector,
  'ocr.recognize': async () => (await import('./paddle-ocr.js')).loadTextRecognizer,
  'providers.survey': async () => (await import('./provider-survey.js')).loadProviderSurvey,
  'silero.probabilities': async () => (await import('./silero.js')).loadSilero,
  'whisper.transcribe': async () => (await import('./whisper.js')).loadWhisper,
};
