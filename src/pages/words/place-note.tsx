import type { DeviceGrant } from "../../core/device/device-grant.ts";
import { comparePlaces, isSamePlace } from "../../core/device/same-place.ts";
import type { Requester } from "../../core/requester.ts";
import type { Texts } from "../../texts/texts.ts";

/** Says when a device is not known to be where whoever decides is, and what follows from that. */
export function PlaceNote({ texts, grant, here }: PlaceNoteProps) {
  const { title, sentences } = whatToSay(texts.device, grant, here);
  return sentences.length === 0 ? null : (
    <div class="alert" role="note" aria-labelledby="place-note">
      <h2 id="place-note">{title}</h2>
      {sentences.map((sentence) => (
        <p>{sentence}</p>
      ))}
    </div>
  );
}

interface PlaceNoteProps {
  texts: Texts;
  grant: DeviceGrant;
  here: Requester;
}

function whatToSay(
  { placeDemanded, warning }: Texts["device"],
  { samePlace, requester }: DeviceGrant,
  here: Requester,
): { title: string; sentences: string[] } {
  const { country, network } = comparePlaces(requester, here);
  const seen = [
    ...(country === "same" ? [] : [warning.country[country]]),
    ...(network === "same" ? [] : [warning.network[network]]),
  ];
  if (samePlace && !isSamePlace(samePlace, requester, here)) {
    const { title, whatToDo } = placeDemanded;
    return { title, sentences: [placeDemanded[samePlace], ...seen, whatToDo] };
  }
  return { title: warning.title, sentences: seen.length > 0 ? [...seen, warning.whatToDo] : [] };
}
