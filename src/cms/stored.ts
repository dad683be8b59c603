/**
 * Data for a write. Payload's generated types ask for fields that hooks fill in, and type a json
 * field as any JSON, which an interface of ours never is: so what is written is not checked by them
 * but by the collection's own fields.
 */
export function toStore(data: object): never {
  return data as never
}

/**
 * What was read, as our own rules read it. Payload's generated interfaces have no index signature
 * and type a json field as any JSON: neither fits a type of ours.
 */
export function asStored<T>(read: unknown): T {
  return read as T
}
