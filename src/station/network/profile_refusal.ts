import { type Ground, ownTls } from "./target_of.ts";

/**
 * Why a security profile cannot be had, in a clause that begins with "it" (whitepaper §5, A05.FR.02);
 * `null`: it can.
 *
 * @param now the security profile in force
 * @param password that a network profile brings along
 */
export function profileRefusal(
  ground: Ground,
  profile: number,
  { now, password = null }: { readonly now: number; readonly password?: string | null },
): string | null {
  const { config: { url, tls }, credentials } = ground;
  const needsPassword = profile === 1 || profile === 2;
  if (needsPassword && password === null && credentials.type !== "basic") {
    return "it needs a password, and the station has none";
  }
  const isSecure = url.startsWith("wss:") || now >= 2;
  if (profile >= 2 && !isSecure && tls.caCert === null && ground.roots().length === 0) {
    return "it needs a root certificate for the CSMS, and none is installed";
  }
  const { clientCert, clientKey } = ownTls(ground);
  if (profile === 3 && (clientCert === null || clientKey === null)) {
    return "it needs a certificate of the station, and it has none";
  }
  return null;
}
