import ms from "ms";

export async function hello() {
  const body = { service: "npm-service", cacheSeconds: ms("2 minutes") / 1000 };
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
