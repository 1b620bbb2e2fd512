import type { Person } from "../support/people.ts";
import type { TestService } from "../support/service.ts";
import { type Place, Secrets } from "./secrets.ts";
import { startWatchedService } from "./watched-service.ts";

/** What a run learns: secrets by what is typed and answered, and every answer. */
export class Watch {
  readonly secrets = new Secrets();
  /** Names and addresses: no secrets, and nothing for a log. */
  readonly personal = new Secrets();
  readonly answers: Place[] = [];

  /** At an address of its own: what is watched is no fence. */
  service(variables: Record<string, string> = {}): TestService {
    return startWatchedService(this.secrets, this.answers, variables);
  }

  /** Somebody new whose password, name and address would be known anywhere. */
  somebody(): Person {
    const mark = crypto.randomUUID().slice(0, 8);
    const person = {
      email: `canary-${mark}@feather.example`,
      name: `Canaria${mark} Quimby`,
      password: this.password("password"),
    };
    this.personal.add("e-mail address", person.email, "whoever typed it");
    this.personal.add("name", person.name.split(" ")[0] ?? "", "whoever typed it");
    return person;
  }

  password(kind: string): string {
    return this.typed(kind, `canary-song-${crypto.randomUUID().slice(0, 13)}`);
  }

  /** Something that somebody types who must not be told on. */
  typed(kind: string, value: string): string {
    this.secrets.add(kind, value, "whoever typed it");
    return value;
  }
}

/** Something that people or programs do from beginning to end. */
export type Flow = (watch: Watch) => Promise<void>;
