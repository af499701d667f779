// What another client costs: that of the npm package ocpp-rpc in strict mode, doing what a 1.6 station
// does when it connects and when it is called. It is run by Node, which it was made for.
//
// Arguments: URL, connections.
import process from "node:process";
import { RPCClient } from "ocpp-rpc";

const DIALS = 100;
const HEARTBEAT_MS = 60_000;
const [url, connections] = process.argv.slice(2);

async function connect(number) {
  const client = new RPCClient({
    endpoint: url,
    identity: `R${number}`,
    protocols: ["ocpp1.6"],
    strictMode: true,
    pingIntervalMs: 30_000,
  });
  client.handle("DataTransfer", () => ({ status: "UnknownVendorId" }));
  await client.connect();
  await client.call("BootNotification", {
    chargePointVendor: "ocpp-emu",
    chargePointModel: "Emulator",
  });
  for (const connectorId of [0, 1]) {
    await client.call("StatusNotification", {
      connectorId,
      status: "Available",
      errorCode: "NoError",
      timestamp: new Date().toISOString(),
    });
  }
  setInterval(() => client.call("Heartbeat", {}), HEARTBEAT_MS);
}

let next = 0;
async function dial() {
  while (next < Number(connections)) await connect(next++);
}
await Promise.all(Array.from({ length: DIALS }, dial));
