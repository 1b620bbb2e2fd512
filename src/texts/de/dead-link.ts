import type { Texts } from "../texts.ts";

export const deadLink: Texts["deadLink"] = {
  title: "Dieser Link gilt nicht mehr",
  why: "Er wurde schon verwendet, ist zu alt, oder ein Teil davon fehlt. {whatToDo}",
};
