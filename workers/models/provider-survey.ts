import { InferenceSession, Tensor } from 'onnxruntime-node';
import { executionProviders, type ProviderSurvey, reasonOf } from './execution-providers.js';
import type { LoadModel } from './registry.js';

/** ONNX (onnx.proto) of `y = x + x` over one float: ir 8, operator set 13, one Add. */
const twice = Buffer.from(
  'CAhCBAoAEA06OQoOCgF4CgF4EgF5IgNBZGQSBXR3aWNlWg8KAXgSCgoICAESBAoCCAFiDwoBeRIKCggIARIECgIIAQ==',
  'base64',
);

/** Tries every execution provider on the smallest of models, on which each has to compute something. */
export const loadProviderSurvey: LoadModel<'providers.survey'> = async () => async () => {
  const surveyed: ProviderSurvey[] = [];
  for (const provider of executionProviders)
    try {
      const session = await InferenceSession.create(twice, { executionProviders: [provider], logSeverityLevel: 3 });
      const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(21), [1]) });
      await session.release();
      const works = (y?.data as Float32Array | undefined)?.[0] === 42;
      surveyed.push({ provider, works, ...(!works && { reason: 'It computes wrongly.' }) });
    } catch (error) {
      surveyed.push({ provider, works: false, reason: reasonOf(error) });
    }
  return surveyed;
};
