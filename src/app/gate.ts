/** The gate in front of the API: who is there, and not too often. What comes through is known to `callerOf`. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestHandler } from 'express';
import { type Caller, mayActAs, type Role } from '../../resolvers/access.js';
import { FabulaError } from '../../schema/errors.js';
import type { Access } from './access.js';
import type { Rates } from './rates.js';
import type { AddressOf } from './request-address.js';

const callers = new WeakMap<ServerResponse, Caller>();

/** Rejects what is not to come through. */
export type Gate = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Somebody who is let in; `client`: as rates know them, by address and subject. */
export interface Admitted {
  readonly caller: Caller;
  readonly client: string;
}

/**
 * Finds out who is there, at an address. Those who fail to say who they are use up what their address may ask, so that
 * tokens cannot be guessed at speed; the others what they themselves may ask from there. UNAUTHENTICATED, RATE_LIMITED.
 */
export async function admit(
  access: Access,
  rates: Rates,
  address: string,
  authorization: string | undefined,
): Promise<Admitted> {
  rates.look(address);
  try {
    const caller = await access.authenticate(authorization);
    const client = `${address} ${caller.subject}`;
    rates.take(client);
    return { caller, client };
  } catch (error) {
    if (error instanceof FabulaError && error.code === 'UNAUTHENTICATED') rates.take(address);
    throw error;
  }
}

/** Lets requests of known callers through. */
export const openGate =
  (access: Access, rates: Rates, addressOf: AddressOf): Gate =>
  async (request, response) => {
    const { caller } = await admit(access, rates, addressOf(request), request.headers.authorization);
    callers.set(response, caller);
  };

/** The gate for what lies behind Express. */
export const behind =
  (gate: Gate): RequestHandler =>
  async (request, response, next) => {
    await gate(request, response);
    next();
  };

/** Who sent the request that the gate let through. */
export function callerOf(response: ServerResponse): Caller {
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
