/** What goes into a TLS client, as PEM texts. */
export interface TlsMaterial {
  readonly caCerts?: string[];
  readonly cert?: string;
  readonly key?: string;
}

/** Throws when the runtime cannot use the material. */
export type TryTls = (material: TlsMaterial) => void;

/** Builds a TLS client as a connection will, and lets go of it. Nothing goes over the network. */
export const denoTryTls: TryTls = ({ caCerts = [], cert, key }) => {
  const pair = cert === undefined || key === undefined ? {} : { cert, key };
  Deno.createHttpClient({ caCerts, ...pair }).close();
};
