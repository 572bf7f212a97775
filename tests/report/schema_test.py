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


def check_comparisons(folder, report_schema, schema) -> None:
    jsonschema.Draft7Validator.check_schema(schema)
    base = schema["$id"].rsplit("/", 1)[0] + "/"
    resolver = jsonschema.RefResolver(base, schema, store={base + "report-1.json": report_schema, schema["$id"]: schema})
    validator = jsonschema.Draft7Validator(schema, resolver=resolver, format_checker=jsonschema.FormatChecker())
    paths = sorted(pathlib.Path(folder).glob("*.compare.json"))
    assert len(paths) == 2, paths
    for path in paths:
        matrix = json.loads(path.read_bytes().decode("utf-8"))
        errors = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(matrix)]
        assert not errors, f"{path.name}: {errors}"
        assert any(row["results"] for row in matrix["rows"]), path.name
        for place, name, wrong in ((matrix["rows"][0], "level", "shall"), (matrix["columns"][0], "state", "splendid"),
                                   (matrix["columns"][0]["run"], "seed", "x"), (matrix, "view", "best"),
                                   (matrix["rows"][0]["results"], "x", {"verdict": "splendid"})):
            right = place.get(name)
            place[name] = wrong
            assert not validator.is_valid(matrix), f"{path.name}: a wrong {name} was accepted"
            place[name] = right
            if right is None:
                del place[name]
        assert validator.is_valid(matrix), path.name


def main() -> int:
    samples, schema_path, compare_path = sys.argv[1:4]
    schema = json.loads(pathlib.Path(schema_path).read_text(encoding="utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([samples, folder], check=True)
        reports = sorted(path for path in pathlib.Path(folder).glob("*.json") if ".compare." not in path.name)
        assert len(reports) >= 18, f"expected the sample reports, found {reports}"
        for path in reports:
            report = json.loads(path.read_bytes().decode("utf-8"))
            errors = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(report)]
            assert not errors, f"{path.name}: {errors}"
            if path.name.startswith("campaign") and "interrupted" not in path.name:
                check_campaign(report, validator, path)
            report["results"].append({"target": "target", "case": "a/b", "verdict": "splendid"})
            assert not validator.is_valid(report), f"{path.name}: a wrong verdict was accepted"
        check_comparisons(folder, schema, json.loads(pathlib.Path(compare_path).read_text(encoding="utf-8")))
    print(f"{len(reports)} reports are valid")
    return 0


if __name__ == "__main__":
    sys.exit(main())
