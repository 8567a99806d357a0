/** Relay connections over the store's keyset pages, and the bounds of every list. */
import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';
import type { Page, PageRequest } from '../graph/store.js';
import { FabulaError } from '../schema/errors.js';

/** Most nodes that one list of an answer holds. */
export const largestPage = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many nodes at most, 1…100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before.' })
  after?: string | null;
}

/** For lists that are small by nature. */
@ArgsType()
export class BoundArgs {
  @Field(() => Int, { defaultValue: largestPage, description: 'How many at most, 1…100.' })
  first!: number;
}

@ObjectType({ simpleResolvers: true, description: 'Where a page ends and whether another follows.' })
export class PageInfo {
  @Field(() => String, { nullable: true, description: 'Give this as `after` to get the next page.' })
  readonly endCursor?: string | undefined;

  @Field(() => Boolean, { description: 'Whether nodes follow after this page.' })
  readonly hasNextPage!: boolean;
}

export interface Connection<Node> {
  readonly nodes: readonly Node[];
  readonly edges: Page<Node>['edges'];
  readonly pageInfo: PageInfo;
}

/** Declares `<name>Edge` and `<name>Connection` of a node type. */
export function connectionType<Node extends object>(
  node: ClassType<Node> | (abstract new () => Node),
  name: string,
): ClassType<Connection<Node>> {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One ${name} of a page, with its cursor.` })
  class Edge {
    @Field(() => node as ClassType<Node>, { description: 'The node itself.' })
    node!: Node;

    @Field(() => String, { description: 'Opaque; give it as `after` to go on from here.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of ${name} nodes in a stable order.` })
  class NodeConnection {
    @Field(() => [node as ClassType<Node>], { description: 'The nodes of this page.' })
    nodes!: readonly Node[];

    @Field(() => [Edge], { description: 'The nodes of this page, each with its cursor.' })
    edges!: readonly Edge[];

    @Field(() => PageInfo, { description: 'Where the page ends and whether another follows.' })
    pageInfo!: PageInfo;
  }
  return NodeConnection;
}

/**
 * Its cursor is made when it is asked for. A class, since V8 keeps the accessor of an object that is written with one in
 * the old half of its heap, and with it all that it sees until the whole heap is collected.
 */
class EndOfPage implements PageInfo {
  readonly hasNextPage: boolean;
  readonly #last: { readonly cursor: string } | undefined;

  constructor({ edges, hasNextPage }: Page<unknown>) {
    this.hasNextPage = hasNextPage;
    this.#last = edges.at(-1);
  }

  get endCursor(): string | undefined {
    return this.#last?.cursor;
  }
}

export const connectionOf = <Node>(page: Page<Node>): Connection<Node> => ({
  nodes: page.edges.map(({ node }) => node),
  edges: page.edges,
  pageInfo: new EndOfPage(page),
});

/** The store's page request; INVALID_INPUT outside 1…100. */
export const pageOf = (
  { first, after }: PageArgs,
  ahead: Pick<PageRequest, 'along' | 'isBrief'> = {},
): PageRequest => ({
  first: boundOf({ first }),
  ...(after != null && { after }),
  ...ahead,
});

/** A list's bound; INVALID_INPUT outside 1…100. */
export function boundOf({ first }: BoundArgs): number {
  if (first >= 1 && first <= largestPage) return first;
  throw new FabulaError(
    'INVALID_INPUT',
    `first is ${first}; a page holds 1…${largestPage} nodes.`,
    'Ask for smaller pages and go on with `after: pageInfo.endCursor`.',
  );
}
