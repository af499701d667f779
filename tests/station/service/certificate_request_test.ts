import "../../support/reflect_metadata.ts";
import assert from "node:assert/strict";
import { createPublicKey } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { makeCertificateRequest } from "../../../src/station/service/certificate_request.ts";

const SUBJECT = { commonName: "SN-ä-1", organization: "ACME, Charging" };

Deno.test("a request is PKCS #10 that other software reads and verifies (A02.FR.03)", async () => {
  // The lengths of r and s in the signature differ from key to key.
  for (let round = 0; round < 20; round++) {
    const { csr } = await makeCertificateRequest(SUBJECT);
    const read = new x509.Pkcs10CertificateRequest(csr);
    assert(await read.verify());
    assert.deepEqual(read.subjectName.getField("CN"), ["SN-ä-1"]);
    assert.deepEqual(read.subjectName.getField("O"), ["ACME, Charging"]);
  }
});

Deno.test("the key of a request is new each time, fits it, and is a secret (A02.FR.02, 05)", async () => {
  const [one, two] = [await makeCertificateRequest(SUBJECT), await makeCertificateRequest(SUBJECT)];
  assert.notEqual(one.csr, two.csr);
  assert(!JSON.stringify(one).includes("PRIVATE"));
  const { x, y } = createPublicKey(one.key.reveal()).export({ format: "jwk" });
  const point = [x!, y!].map((part) => Uint8Array.fromBase64(part, { alphabet: "base64url" }));
  assert.equal(one.publicKey.toHex(), `04${point.map((part) => part.toHex()).join("")}`);
});
