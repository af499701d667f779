/**
 * The two functions of `reflect-metadata` without which `@peculiar/x509` refuses to load. Import this
 * module before it.
 *
 * @module
 */

const metadata = new WeakMap<object, Map<unknown, unknown>>();

function getOwnMetadata(key: unknown, target: object): unknown {
  return metadata.get(target)?.get(key);
}

function defineMetadata(key: unknown, value: unknown, target: object): void {
  const own = metadata.get(target) ?? new Map<unknown, unknown>();
  metadata.set(target, own.set(key, value));
}

Object.assign(Reflect, { getMetadata: getOwnMetadata, getOwnMetadata, defineMetadata });
