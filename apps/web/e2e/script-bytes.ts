import type { Page } from "@playwright/test";

/** How much script a page loads when nothing is cached, compressed, as it crosses the wire; what it fetches ahead counts. */
export async function scriptBytesOf(page: Page, url: string): Promise<number> {
  // What the page before it has under way may never be told to have ended.
  await page.goto("about:blank");
  const devtools = await page.context().newCDPSession(page);
  const onTheWay = new Set<string>();
  const scripts = new Set<string>();
  let bytes = 0;
  let landed = Promise.withResolvers<void>();
  const land = (requestId: string) => {
    onTheWay.delete(requestId);
    landed.resolve();
    landed = Promise.withResolvers();
  };
  // A live channel stays open for as long as the page does.
  devtools.on("Network.requestWillBeSent", ({ requestId, type }) => {
    if (type !== "EventSource") onTheWay.add(requestId);
  });
  devtools.on("Network.responseReceived", ({ requestId, type }) => {
    if (type === "Script") scripts.add(requestId);
  });
  devtools.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
    land(requestId);
  });
  devtools.on("Network.loadingFailed", ({ requestId }) => land(requestId));
  await devtools.send("Network.enable");
  await devtools.send("Network.setCacheDisabled", { cacheDisabled: true });
  await page.goto(url, { waitUntil: "load" });
  do {
    while (onTheWay.size > 0) await landed.promise;
    await page.evaluate(idleForAFrame);
  } while (onTheWay.size > 0);
  await devtools.detach();
  return bytes;
}

/** What a page asks for ahead, it asks for when its links come into view, which a frame tells. */
function idleForAFrame(): Promise<unknown> {
  return new Promise((resolve) => {
    requestIdleCallback(() => requestAnimationFrame(() => requestIdleCallback(resolve)));
  });
}
