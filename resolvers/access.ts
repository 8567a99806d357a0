/**
 * Who asks, and what they may. Viewers read; editors also correct and analyse; admins also delete, and stop work that
 * somebody else may have asked for. Every mutation names its role with `@Authorized`, which a test holds.
 */
import type { AuthCheckerFn } from 'type-graphql';
import { FabulaError } from '../schema/errors.js';
import type { Context } from './context.js';

/** Each may do what those before it may. */
export const roles = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Who sends a request; the subject signs their edits. */
export interface Caller {
  readonly subject: string;
  readonly role: Role;
  /** When their token is over, in milliseconds since 1970; absent where it has no end. */
  readonly untilMs?: number;
}

export const mayActAs = ({ role }: Caller, needed: Role): boolean => roles.indexOf(role) >= roles.indexOf(needed);

/** Lets a field through to callers of one of these roles, or of a higher one; FORBIDDEN to others. */
export const checkRole: AuthCheckerFn<Context, Role> = ({ context, info }, needed) => {
  if (needed.some((role) => mayActAs(context.caller, role))) return true;
  throw forbidden(info.fieldName, needed.join(' or '), context.caller);
};

/** For what depends on more than the field; FORBIDDEN to callers of a lower role. */
export function requireRole(caller: Caller, needed: Role, what: string): void {
  if (!mayActAs(caller, needed)) throw forbidden(what, needed, caller);
}

const forbidden = (what: string, needed: string, { role }: Caller) =>
  new FabulaError(
    'FORBIDDEN',
    `${what} takes the role ${needed}; yours is ${role}.`,
    'Ask an administrator of this Fabula for that role.',
  );
