import assert from "node:assert/strict";
import { type Admission, admit } from "../../src/csms/admission.ts";
import { FRIENDLY } from "../../src/csms/behaviour.ts";

Deno.test("the last segment of the path, decoded, is the station", () => {
  const ids = {
    "/CP1": "CP1",
    "/ocpp/1.6/RDAM%20123%7C%C3%9F": "RDAM 123|\u00df",
    "/ocpp/CP1?token=x": "CP1",
  };
  for (const [path, id] of Object.entries(ids)) assert.equal(accepted(path).stationId, id);
});

Deno.test("a path without a station, or with one that cannot be read, is a 404", () => {
  for (const path of ["/", "/ocpp/", "/%FF"]) assert.equal(refused(path).status, 404);
});

Deno.test("the first known subprotocol of the offer is chosen, in whatever way it is written", () => {
  const offers = {
    "ocpp1.6": "1.6",
    "ocpp2.1, ocpp2.0.1": "2.1",
    "ocpp3.0,ocpp2.0.1,ocpp1.6": "2.0.1",
  };
  for (const [offer, version] of Object.entries(offers)) {
    const admission = accepted("/CP1", { "Sec-WebSocket-Protocol": offer });
    assert.equal(admission.version, version);
    assert.equal(admission.subprotocol, `ocpp${version}`);
  }
});

Deno.test("an offer of nothing known is accepted without a subprotocol", () => {
  for (const offer of ["ocpp3.0", "OCPP1.6", ""]) {
    const admission = accepted("/CP1", { "Sec-WebSocket-Protocol": offer });
    assert.deepEqual([admission.subprotocol, admission.version], [null, null]);
  }
});

Deno.test("a request that is no WebSocket is told what this is", () => {
  const admission = admit(new Request("http://localhost/CP1"), FRIENDLY, null);
  assert(admission.type === "refuse" && admission.status === 426);
  assert.match(admission.message, /OCPP endpoint/);
});

Deno.test("with users an unknown station is a 404 and a wrong password a 401 with a challenge", () => {
  const users = new Map([["CP1", "secret"]]);
  const ask = (path: string, password: string) => {
    const authorization = `Basic ${btoa(`CP1:${password}`)}`;
    return admit(dial(path, { "Authorization": authorization }), FRIENDLY, users);
  };
  assert.equal(ask("/CP1", "secret").type, "accept");
  assert(isRefused(ask("/CP2", "secret")).status === 404);
  const wrong = isRefused(ask("/CP1", "guess"));
  assert.equal(wrong.status, 401);
  assert.match(wrong.headers!["WWW-Authenticate"]!, /^Basic realm="OCPP"/);
});

Deno.test("a CSMS that was told to refuse does so with any status and Retry-After", () => {
  const behaviour = { ...FRIENDLY, refuse: { status: 503, retryAfter: 120 } };
  const admission = isRefused(admit(dial("/CP1"), behaviour, null));
  assert.equal(admission.status, 503);
  assert.deepEqual(admission.headers, { "Retry-After": "120" });
});

Deno.test("a CSMS can choose no subprotocol, or one that was not offered", () => {
  const choose = (subprotocol: "none" | { bogus: string }) =>
    isAccepted(admit(dial("/CP1"), { ...FRIENDLY, subprotocol }, null));
  assert.deepEqual([choose("none").subprotocol, choose("none").version], [null, "1.6"]);
  assert.equal(choose({ bogus: "ocpp9" }).subprotocol, "ocpp9");
});

function accepted(path: string, headers?: Record<string, string>) {
  return isAccepted(admit(dial(path, headers), FRIENDLY, null));
}

function refused(path: string) {
  return isRefused(admit(dial(path), FRIENDLY, null));
}

function isAccepted(admission: Admission) {
  assert(admission.type === "accept");
  return admission;
}

function isRefused(admission: Admission) {
  assert(admission.type === "refuse");
  return admission;
}

function dial(path: string, headers: Record<string, string> = {}): Request {
  return new Request(`http://localhost:9000${path}`, {
    headers: { "Upgrade": "websocket", "Sec-WebSocket-Protocol": "ocpp1.6", ...headers },
  });
}
