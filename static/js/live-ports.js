// Shared by all tabs of a browser: one stream for all of them, since six of them would use up the connections.
const KEPT = 200; // the latest changes, for a tab that opens between two of them
const ports = new Set();
const recent = [];
let source = null;
let state = "up";

const tell = (message) => ports.forEach((port) => port.postMessage(message));

function start({ stream, poll, after }) {
  source = liveSource({
    stream,
    poll,
    after,
    onChange(change) {
      recent.push(change);
      if (recent.length > KEPT) recent.shift();
      tell({ change });
    },
    onState(now) {
      state = now;
      tell({ state });
    },
  });
}

self.addEventListener("connect", ({ ports: [port] }) => {
  port.addEventListener("message", ({ data }) => {
    if (data.leave) {
      ports.delete(port);
      return;
    }
    ports.add(port);
    if (!source) start(data);
    else recent.filter((change) => change.id > data.after).forEach((change) => port.postMessage({ change }));
    port.postMessage({ state });
  });
  port.start();
});
