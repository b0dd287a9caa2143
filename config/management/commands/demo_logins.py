from typing import Any

from django.core.management.base import BaseCommand

from config.demo.loading.scene import PASSWORD, read_content


class Command(BaseCommand):
    help = "Print one login for each part that a person plays in the demo."

    def handle(self, *_args: Any, **_options: Any) -> None:
        content = read_content("people.toml")
        people = {row["key"]: row for row in content["people"]}
        for row in content["demo_logins"]:
            person = people[row["person"]]
            name = f"{person['surname']} {person['given_name']}"
            part = row["part"].replace("_", " ")
            self.stdout.write(f"  {part:<17} {person['email']:<38} {name}")
        self.stdout.write(f"  password of all   {PASSWORD}")
