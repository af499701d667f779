/** What this program uses of the runtime's inside. All of it may be missing. */
export interface RuntimeCore {
  /** Lets go of a resource; its id is a number. */
  readonly tryClose?: (resource: number) => void;
  /** Calls a timer off that the runtime has set for itself. */
  readonly cancelTimer?: (timer: unknown) => void;
}

/** `null`: this runtime lets nobody in. */
export function runtimeCore(): RuntimeCore | null {
  const deno = Deno as unknown as Record<PropertyKey, unknown>;
  const { internal } = deno;
  if (typeof internal !== "symbol") return null;
  return (deno[internal] as { core?: RuntimeCore } | undefined)?.core ?? null;
}

/** The symbol under which the runtime keeps something of an object, by its description. */
export function symbolOf(object: object, description: string): symbol | undefined {
  return Object.getOwnPropertySymbols(object).find((symbol) => symbol.description === description);
}
