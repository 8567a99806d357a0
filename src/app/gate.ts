/** The gate in front of the API: who is there, and not too often. What comes through is known to `callerOf`. */
import type { RequestHandler, Response } from 'express';
import { type Caller, mayActAs, type Role } from '../../resolvers/access.js';
import { FabulaError } from '../../schema/errors.js';
import type { Access } from './access.js';
import type { Rates } from './rates.js';

const callers = new WeakMap<Response, Caller>();

/**
 * Lets requests of known callers through. Those who fail to say who they are use up what their address may ask, so that
 * tokens cannot be guessed at speed; the others what they themselves may ask from there.
 */
export const openGate =
  (access: Access, rates: Rates): RequestHandler =>
  async (request, response, next) => {
    const address = request.ip ?? '';
    rates.look(address);
    try {
      const caller = await access.authenticate(request.headers.authorization);
      rates.take(`${address} ${caller.subject}`);
      callers.set(response, caller);
    } catch (error) {
      if (error instanceof FabulaError && error.code === 'UNAUTHENTICATED') rates.take(address);
      throw error;
    }
    next();
  };

/** Who sent the request that the gate let through. */
export function callerOf(response: Response): Caller {
  const caller = callers.get(response);
  if (caller) return caller;
  throw new FabulaError('UNAUTHENTICATED', 'Nobody has said who sends this request.');
}

/** Lets requests of callers with this role, or a higher one, through; behind the gate. */
export const onlyFor =
  (role: Role): RequestHandler =>
  (_request, response, next) => {
    if (mayActAs(callerOf(response), role)) return next();
    throw new FabulaError(
      'FORBIDDEN',
      `This takes the role ${role}.`,
      'Ask an administrator of this Fabula for that role.',
    );
  };
