"""Packs `tunelab_jupyter` into a wheel (PEP 517, PEP 427) with Python's own modules only.

The same sources give the same bytes. What stands in `pyproject.toml` under `project` and is not named here is refused
rather than lost.
"""

import base64
import hashlib
import os
import zipfile

PACKAGE = "tunelab_jupyter"
HERE = os.path.dirname(os.path.abspath(__file__))
TAG = "py3-none-any"


def read_project():
    """The tables `project` and `project.entry-points` of pyproject.toml: strings only (Python 3.10 has no tomllib)."""
    project, entry_points, group = {}, {}, None
    with open(os.path.join(HERE, "pyproject.toml"), encoding="utf-8") as file:
        for line in file:
            line = line.strip()
            if line.startswith("["):
                group = line.strip("[]")
            elif "=" in line and not line.startswith("#") and group and group.startswith("project"):
                key, value = (part.strip() for part in line.split("=", 1))
                if not (value.startswith('"') and value.endswith('"')):
                    raise ValueError(f"pyproject.toml: {key} must be a plain string, given {value}")
                kind = group.removeprefix("project.entry-points.").strip('"')
                table = project if group == "project" else entry_points.setdefault(kind, {})
                table[key] = value[1:-1]
    return project, entry_points


FIELDS = {"name": "Name", "version": "Version", "description": "Summary", "requires-python": "Requires-Python", "license": "License-Expression"}


def metadata_files():
    """The name of the `.dist-info` folder and its files, RECORD excepted."""
    project, entry_points = read_project()
    unknown = set(project) - set(FIELDS)
    if unknown:
        raise ValueError(f"pyproject.toml: project.{unknown.pop()} is not known to build_wheel.py")
    folder = f"{project['name'].replace('-', '_')}-{project['version']}"
    metadata = ["Metadata-Version: 2.4"] + [f"{FIELDS[key]}: {value}" for key, value in project.items()]
    points = [f"[{group}]\n" + "".join(f"{name} = {place}\n" for name, place in table.items()) for group, table in entry_points.items()]
    return folder, {
        "METADATA": "\n".join(metadata) + "\n",
        "WHEEL": f"Wheel-Version: 1.0\nGenerator: build_wheel\nRoot-Is-Purelib: true\nTag: {TAG}\n",
        "entry_points.txt": "\n".join(points),
    }


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """PEP 517: writes the wheel into `wheel_directory` and returns its name."""
    folder, files = metadata_files()
    contents = {f"{folder}.dist-info/{name}": text.encode() for name, text in files.items()}
    for name in sorted(os.listdir(os.path.join(HERE, PACKAGE))):
        if name.endswith((".py", ".cfg")):
            with open(os.path.join(HERE, PACKAGE, name), "rb") as file:
                contents[f"{PACKAGE}/{name}"] = file.read()
    record = f"{folder}.dist-info/RECORD"
    lines = [f"{name},sha256={digest(data)},{len(data)}" for name, data in contents.items()]
    contents[record] = "\n".join([*lines, f"{record},,", ""]).encode()
    wheel = f"{folder}-{TAG}.whl"
    with zipfile.ZipFile(os.path.join(wheel_directory, wheel), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in contents.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return wheel


def digest(data):
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def build_sdist(sdist_directory, config_settings=None):
    """PEP 517 asks for it; nothing of ours makes one."""
    raise NotImplementedError("tunelab-jupyter is installed from its folder; it has no source archive")
