import assert from "node:assert/strict";
import { isLoopback } from "../../src/http/mod.ts";

const TABLE: Record<string, boolean> = {
  "localhost": true,
  "LocalHost": true,
  "127.0.0.1": true,
  "127.255.3.9": true,
  "::1": true,
  "[::1]": true,
  "": false,
  "0.0.0.0": false,
  "::": false,
  "[::]": false,
  "::ffff:127.0.0.1": false,
  "128.0.0.1": false,
  "1127.0.0.1": false,
  "192.168.1.4": false,
  "raspberrypi.local": false,
  "localhost.example.org": false,
  "evil-localhost": false,
  "127.0.0.1.example.org": false,
  "127.0.0.1:8080": false,
  "127.0.0.1/x": false,
  "user@127.0.0.1": false,
  "localhost\n": false,
};

for (const [host, expected] of Object.entries(TABLE)) {
  Deno.test(`host ${JSON.stringify(host)} is ${expected ? "" : "not "}loopback`, () => {
    assert.equal(isLoopback(host), expected);
  });
}
