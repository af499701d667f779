/** One block of a PEM file. */
export interface PemBlock {
  /** What it says it is, like `CERTIFICATE`. */
  readonly label: string;
  readonly encrypted: boolean;
  /** Tidied: no BOM, no spaces, nothing around it. */
  readonly pem: string;
}

/** Labels of private keys that the runtime reads. */
const KEY_LABELS = ["PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY"];

/** The blocks of a PEM file, or why it is none. Text between blocks is allowed, as OpenSSL writes it. */
export function readPem(text: string): { blocks: PemBlock[] } | { reason: string } {
  const blocks: PemBlock[] = [];
  for (const begin of text.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----/g)) {
    const label = begin[1] ?? "";
    const end = text.indexOf(`-----END ${label}-----`, begin.index);
    if (end < 0) return { reason: `it is cut off, "-----END ${label}-----" is missing` };
    const lines = text.slice(begin.index + begin[0].length, end).split(/\r?\n/);
    const encrypted = label.startsWith("ENCRYPTED") || lines.some((line) => /ENCRYPTED/.test(line));
    const body = lines.map((line) => line.trim()).filter((line) => line !== "");
    if (!encrypted && !isBase64(body.join(""))) {
      return { reason: `block ${blocks.length + 1} ("${label}") is not valid base64` };
    }
    const pem = [`-----BEGIN ${label}-----`, ...body, `-----END ${label}-----`, ""].join("\n");
    blocks.push({ label, encrypted, pem });
  }
  if (blocks.length > 0) return { blocks };
  return {
    reason: 'it is not PEM, it has no "-----BEGIN …-----" line ' +
      "(DER and PKCS #12 files can be converted with openssl)",
  };
}

/** All certificates of a PEM file, in order, as one PEM text. */
export function certificatesOf(text: string): { pem: string } | { reason: string } {
  const read = readPem(text);
  if ("reason" in read) return read;
  const certificates = read.blocks.filter(({ label }) => label === "CERTIFICATE");
  if (certificates.length === 0) {
    return { reason: `it has no certificate, ${foundIn(read.blocks)}` };
  }
  return { pem: certificates.map(({ pem }) => pem).join("") };
}

/** The private key of a PEM file. `path` is for the sentence that says how to decrypt it. */
export function privateKeyOf(text: string, path: string): { pem: string } | { reason: string } {
  const read = readPem(text);
  if ("reason" in read) return read;
  const key = read.blocks.find(({ label, encrypted }) => encrypted || KEY_LABELS.includes(label));
  if (key === undefined) return { reason: `it has no private key, ${foundIn(read.blocks)}` };
  if (!key.encrypted) return key;
  const command = `openssl pkey -in "${path}" -out "${path}.plain"`;
  return { reason: `the key is encrypted, decrypt it with: ${command}` };
}

function foundIn(blocks: readonly PemBlock[]): string {
  return `found: ${[...new Set(blocks.map(({ label }) => label))].join(", ")}`;
}

/** Keys with headers (like `Proc-Type`) are encrypted ones, and handled before. */
function isBase64(body: string): boolean {
  return body.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(body);
}
