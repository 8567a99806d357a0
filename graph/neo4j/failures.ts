import { FabulaError } from '../../schema/errors.js';

/** What the driver or the server says, in the project's words; errors that nobody expected pass as they are. */
export function asFabulaError(error: unknown): unknown {
  if (error instanceof FabulaError || !(error instanceof Error)) return error;
  const code = String((error as { code?: unknown }).code ?? '');
  const known = (name: ConstructorParameters<typeof FabulaError>[0], message: string, hint?: string) =>
    new FabulaError(name, message, hint, { cause: error });
  if (/^Neo\.ClientError\.Security\.(Unauthorized|TokenExpired|CredentialsExpired|AuthenticationRateLimit)/.test(code))
    return known(
      'STORE_LOGIN_FAILED',
      code.endsWith('RateLimit')
        ? 'The Neo4j server takes no more logins for now: the password was wrong too often.'
        : 'The Neo4j server does not know this user and password.',
      'Check NEO4J_USER and NEO4J_PASSWORD.',
    );
  if (code.startsWith('Neo.ClientError.Security.'))
    return known('FORBIDDEN', 'The Neo4j user may not do this.', 'Give it the rights to read, write and make indexes.');
  if (/HTTP/.test(error.message))
    return known(
      'STORE_UNAVAILABLE',
      'A web server answers there, not Neo4j’s Bolt.',
      'Bolt’s port is 7687, by default.',
    );
  // A transaction whose connection was lost says so without a code.
  const isLost = code === 'N/A' && /closed|rolled back|terminated/i.test(error.message);
  if (isLost || /^(ServiceUnavailable|SessionExpired)$/.test(code))
    return known(
      'STORE_UNAVAILABLE',
      'The Neo4j server cannot be reached.',
      'Check that it runs, and NEO4J_URL: its host, its port (7687) and whether it wants TLS (bolt+s, neo4j+s).',
    );
  if (/TransactionTimedOut|TransactionTerminated/.test(code) || /acquisition timed out/.test(error.message))
    return known('STORE_UNAVAILABLE', 'The Neo4j server took too long.', 'Try again when it is less busy.');
  if (/OutOfMemory/.test(code))
    return known('STORE_UNAVAILABLE', 'The Neo4j server has too little memory for this.', 'Raise its heap size.');
  if (/No space left|disk/i.test(error.message) && /Database|Transaction/.test(code))
    return known('DISK_FULL', 'The disk of the Neo4j server is full; nothing was changed.', 'Free some space there.');
  if (code === 'Neo.ClientError.Schema.ConstraintValidationFailed')
    return /property `mediaKey`/.test(error.message)
      ? known('CONFLICT', 'This film is in the graph already.')
      : known('INVALID_NARRATIVE', 'The narrative has a node whose id another episode uses already.');
  if (code.startsWith('Neo.TransientError.'))
    return known('STORE_UNAVAILABLE', 'The Neo4j server could not do this now.', 'Try again.');
  return error;
}
