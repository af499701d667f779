import { print } from "../print.ts";

/** Answers every CALL with an empty CALLRESULT, as cheaply as it can be done: not what is measured. */
const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
  const { socket, response } = Deno.upgradeWebSocket(request, { protocol: "ocpp1.6" });
  socket.onmessage = ({ data }) => {
    const end = data.indexOf('"', 4);
    socket.send(`[3,${data.slice(data.indexOf('"'), end + 1)},{}]`);
  };
  return response;
});
print(String(server.addr.port));
