import { expect, test } from "vitest";
import { chooseRedeliveries, type DeliveryAttempt, walkOn } from "./redelivery.ts";

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 8, 0, second));
const failed = (deliveryId: string, second: number, status = 502): DeliveryAttempt => {
  return { attemptId: `${deliveryId}-${second}`, deliveryId, deliveredAt: at(second), status };
};
const chosen = (attempts: DeliveryAttempt[], stored: string[] = [], lastReceivedAt: Date | null = at(50)) => {
  const { chosen: some, left } = chooseRedeliveries(attempts, { stored: new Set(stored), lastReceivedAt });
  return [some.map((one) => one.attemptId), left?.attemptId ?? null];
};

test.each<[string, DeliveryAttempt[], string[], Date | null, string[], string | null]>([
  ["nothing, when nothing failed", [], [], at(50), [], null],
  ["what failed, oldest first", [failed("b", 2), failed("a", 1)], [], at(50), ["a-1", "b-2"], null],
  ["the last attempt of a delivery alone", [failed("a", 1), failed("a", 3)], [], at(50), ["a-3"], null],
  ["nothing that was stored meanwhile", [failed("a", 1), failed("b", 2)], ["a"], at(50), ["b-2"], null],
  ["nothing that is under way", [failed("a", 1), failed("a", 3, 0)], [], at(50), [], null],
  ["nothing that the door refused for its body", [failed("a", 1, 400), failed("b", 2, 413)], [], at(50), [], null],
  ["what a wrong secret refused", [failed("a", 1, 401)], [], at(50), ["a-1"], null],
  ["one alone while the door may be shut", [failed("a", 1), failed("b", 60)], [], at(50), ["a-1"], "b-60"],
  ["one alone when nothing ever arrived", [failed("a", 1), failed("b", 2)], [], null, ["a-1"], "b-2"],
])("redelivers %s", (_, attempts, stored, lastReceivedAt, expected, left) => {
  expect(chosen(attempts, stored, lastReceivedAt)).toEqual([expected, left]);
});

test("redelivers a hundred at once, and knows where to go on", () => {
  const many = Array.from({ length: 150 }, (_, index) => failed(`d${index}`, index / 10));
  const [some, left] = chosen(many);
  expect([some?.length, left]).toEqual([100, "d100-10"]);
});

test.each([
  ["down to the oldest part", ["a"], "b", null, { since: at(1), parts: ["a", "b"] }],
  ["with what is left of a part", ["a"], null, failed("x", 5), { since: at(5), parts: ["a"] }],
  ["with the part above", ["a", "b"], null, null, { since: at(9), parts: ["a"] }],
  ["nowhere after the newest part", [], null, null, null],
])("goes on %s", (_, parts, next, left, expected) => {
  expect(walkOn({ since: at(1), parts }, { next, newestAt: at(9) }, left)).toEqual(expected);
});
