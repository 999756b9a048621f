/** Global object identification: every thing of the catalog has an opaque id that `node` finds again. */
import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType('Node', { description: 'A thing that has an id of its own, see the query `node`.' })
export abstract class Node {
  abstract code: string;

  @Field(() => ID, { description: 'Opaque and lasting; the query `node` finds the thing by it.' })
  get id(): string {
    return encodeNodeId(this.constructor.name, this.code);
  }
}

/** The id of a thing: its type's name and its code. */
export function encodeNodeId(type: string, code: string): string {
  return Buffer.from(`${type}:${code}`).toString('base64url');
}

/** The type's name and the code that an id stands for; null for a text that is no id of ours. */
export function decodeNodeId(id: string): { type: string; code: string } | null {
  const text = Buffer.from(id, 'base64url').toString();
  const colon = text.indexOf(':');
  if (colon < 1 || encodeNodeId(text.slice(0, colon), text.slice(colon + 1)) !== id) return null;
  return { type: text.slice(0, colon), code: text.slice(colon + 1) };
}
