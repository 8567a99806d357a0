/** A collector that real exporters send to: OTLP over HTTP, its protobuf read here (opentelemetry-proto, trace.proto). */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  /** Empty where the span has none. */
  readonly parentSpanId: string;
  /** 1 internal, 2 server, 5 consumer. */
  readonly kind: number;
  /** Nanoseconds since 1970. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly resource: Readonly<Record<string, unknown>>;
  /** 2: an error. */
  readonly status: number;
}

export interface Collector {
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  /** Headers of the last request. */
  readonly headers: IncomingHttpHeaders;
  /** The span of this name (the first), as soon as it is there. */
  span(name: string): Promise<CollectedSpan>;
  close(): Promise<void>;
}

export async function openCollector(): Promise<Collector> {
  const spans: CollectedSpan[] = [];
  let headers: IncomingHttpHeaders = {};
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (request.url === '/v1/traces') spans.push(...spansIn(Buffer.concat(chunks)));
    headers = request.headers;
    response.writeHead(request.url === '/v1/traces' ? 200 : 404, { 'content-type': 'application/x-protobuf' }).end();
    server.emit('collected');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    get headers() {
      return headers;
    },
    async span(name) {
      for (;;) {
        const found = spans.find((span) => span.name === name);
        if (found) return found;
        await once(server, 'collected');
      }
    },
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function spansIn(body: Buffer): CollectedSpan[] {
  return messages(body, 1).flatMap((resourceSpans) => {
    const resource = attributesIn(messages(resourceSpans, 1).flatMap((each) => messages(each, 1)));
    const scopes = messages(resourceSpans, 2);
    return scopes
      .flatMap((scope) => messages(scope, 2))
      .map((span) => {
        const fields = fieldsIn(span);
        const bytes = (number: number) =>
          (fields.find(([field]) => field === number)?.[1] as Buffer) ?? Buffer.alloc(0);
        const whole = (number: number) => (fields.find(([field]) => field === number)?.[1] as bigint) ?? 0n;
        return {
          name: bytes(5).toString(),
          ...{ traceId: bytes(1).toString('hex'), spanId: bytes(2).toString('hex') },
          parentSpanId: bytes(4).toString('hex'),
          ...{ kind: Number(whole(6)), startNs: whole(7), endNs: whole(8) },
          attributes: attributesIn(messages(span, 9)),
          resource,
          status: Number(
            messages(span, 15)
              .flatMap(fieldsIn)
              .find(([field]) => field === 3)?.[1] ?? 0,
          ),
        };
      });
  });
}

function attributesIn(pairs: readonly Buffer[]): Record<string, unknown> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key = Buffer.alloc(0)] = messages(pair, 1);
      const [[field, value] = [0, 0n]] = messages(pair, 2).flatMap(fieldsIn);
      return [key.toString(), field === 1 ? (value as Buffer).toString() : field === 3 ? Number(value) : value];
    }),
  );
}

const messages = (buffer: Buffer, number: number): Buffer[] =>
  fieldsIn(buffer).flatMap(([field, value]) => (field === number && Buffer.isBuffer(value) ? [value] : []));

/** Field numbers with their values: varints and fixed ones as numbers, all that has a length as bytes. */
function fieldsIn(buffer: Buffer): (readonly [number, bigint | Buffer])[] {
  const fields: (readonly [number, bigint | Buffer])[] = [];
  let at = 0;
  const varint = (): bigint => {
    for (let value = 0n, shift = 0n; ; shift += 7n) {
      const byte = buffer.readUInt8(at++);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (at < buffer.length) {
    const tag = Number(varint());
    const field = tag >> 3;
    switch (tag & 7) {
      case 0:
        fields.push([field, varint()]);
        break;
      case 1:
        fields.push([field, buffer.readBigUInt64LE(at)]);
        at += 8;
        break;
      case 2: {
        const length = Number(varint());
        fields.push([field, buffer.subarray(at, at + length)]);
        at += length;
        break;
      }
      case 5:
        fields.push([field, BigInt(buffer.readUInt32LE(at))]);
        at += 4;
        break;
      default:
        throw new Error(`There is no wire type ${tag & 7}.`);
    }
  }
  return fields;
}
