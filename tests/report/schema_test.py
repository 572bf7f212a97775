"""Every report that is written is valid by the published schema, and a wrong one is not."""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema


def check_campaign(report, validator, path) -> None:
    finding = report["fuzzing"]["findings"][0]
    for name, wrong in (("harm", "splendour"), ("id", "F-1"), ("session", -1), ("faults", "accepts-rsv1")):
        right, finding[name] = finding[name], wrong
        assert not validator.is_valid(report), f"{path.name}: a wrong {name} was accepted"
        finding[name] = right
    assert validator.is_valid(report), path.name


def main() -> int:
    samples, schema_path = sys.argv[1:3]
    schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([samples, folder], check=True)
        reports = sorted(pathlib.Path(folder).glob("*.json"))
        assert len(reports) >= 18, f"expected the sample reports, found {reports}"
        for path in reports:
            report = json.loads(path.read_bytes().decode("utf-8"))
            errors = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(report)]
            assert not errors, f"{path.name}: {errors}"
            if path.name.startswith("campaign") and "interrupted" not in path.name:
                check_campaign(report, validator, path)
            report["results"].append({"target": "target", "case": "a/b", "verdict": "splendid"})
            assert not validator.is_valid(report), f"{path.name}: a wrong verdict was accepted"
    print(f"{len(reports)} reports are valid")
    return 0


if __name__ == "__main__":
    sys.exit(main())
