/**
 * TLS without verification, for one connection. There is no public option for it; the runtime reads
 * this one from the `dispatcher` that undici's users pass.
 */
const DISPATCHER_OPTIONS = Symbol.for("Deno.internal.node.undici.dispatcherOptions");

/** Pass it as `dispatcher`, and without a `client`: that would win. */
export const INSECURE_DISPATCHER: object = {
  [DISPATCHER_OPTIONS]: { unsafelyIgnoreCertificateErrors: true },
};
