// One fact, one answer: the CLI goes on when the worker has written down what it was told.
const { connect } = require("node:net");
const { settings } = require("./settings.cjs");

exports.tell = (fact) =>
  new Promise((resolve, reject) => {
    const socket = connect(settings.facts);
    socket.once("error", reject);
    socket.once("data", (bytes) => {
      socket.end();
      const { refused } = JSON.parse(bytes);
      if (refused === undefined) resolve();
      else reject(new Error(refused));
    });
    socket.once("close", () => reject(new Error("Branchline's worker no longer follows this deployment.")));
    socket.write(`${JSON.stringify(fact)}\n`);
  });
