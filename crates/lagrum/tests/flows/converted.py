"""Reads what `lagrum convert` wrote, with the programs of others: bagit, jsonschema, xmlschema, case_validate, and
Python's own mailbox. Prints one line of JSON: how much was read.

    converted.py bagit DIR
    converted.py ts-103-705 DIR SCHEMAS
    converted.py ts-103-707 DIR SCHEMAS
    converted.py case DIR
    converted.py mbox DIR
"""

import email
import email.policy
import hashlib
import json
import mailbox
import pathlib
import re
import subprocess
import sys
import urllib.parse

form, place = sys.argv[1], pathlib.Path(sys.argv[2])


def bag():
    import bagit

    bag = bagit.Bag(str(place))
    bag.validate()
    return {"files": len(bag.payload_entries()), "case": bag.info["External-Identifier"]}


def records():
    import jsonschema
    from referencing import Registry, Resource

    schemas = pathlib.Path(sys.argv[3])
    of_etsi = [json.loads((schemas / name).read_text()) for name in (
        "TS_103_280.schema.json", "etsi_types.schema.json", "response.schema.json")]
    ours = json.loads((place / "records.schema.json").read_text())
    for one in of_etsi + [ours]:
        jsonschema.Draft202012Validator.check_schema(one)
    registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in of_etsi + [ours])
    validator = jsonschema.Draft202012Validator(of_etsi[2], registry=registry)
    response = json.loads((place / "response.json").read_text())
    validator.validate(response)
    # A validator that accepts anything would not see these either.
    for wrong in ("id", "type", "account"):
        for record in response["recordSet"][:1]:
            without = {**response, "recordSet": [{name: value for name, value in record.items() if name != wrong}]}
            assert not validator.is_valid(without), wrong
    files = [one for one in response["recordSet"] if one["type"].endswith("/File")]
    for one in files:
        content = (place / one["path"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["sha256"] and len(content) == one["length"], one["path"]
    about = response["recordSetDescription"]
    return {"files": len(files), "rows": len(response["recordSet"]) - len(files), "provider": about["cspName"]}


def messages():
    import xml.etree.ElementTree as tree

    import xmlschema

    schemas = pathlib.Path(sys.argv[3])
    schema = xmlschema.XMLSchema(
        str(schemas / "TS_103_707.xsd"),
        locations={"http://uri.etsi.org/03280/common/2017/07": str(schemas / "TS_103_280.xsd")},
    )
    file = place / "messages.xml"
    if not file.exists():
        return {"messages": []}
    schema.validate(str(file))
    name = "{http://uri.etsi.org/03707/2020/02}"
    root = tree.parse(file).getroot()
    # A validator that accepts anything would not see these either.
    for wrong in ("timestamp", "url", "associatedBinaryData", "coreParameters"):
        without, times = re.subn(f"(?s)<{wrong}>.*?</{wrong}>", "", file.read_text(), count=1)
        assert times == 1 and schema.is_valid(without) == (wrong == "associatedBinaryData"), wrong
    read = []
    for item in root.iter(f"{name}coreParameters"):
        stored = item.find(f".//{name}binaryObject")
        content = (place / urllib.parse.unquote(stored.find(f"{name}url").text)).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        assert stored.find(f"{name}checksum").text == "SHA-256 " + digest
        assert int(stored.find(f"{name}contentLength").text) == len(content)
        mail = email.message_from_bytes(content, policy=email.policy.default)
        said = [one.text for one in item.findall(f"{name}messageSender//{name}identifier")]
        got = [one.text for one in item.findall(f"{name}messageReceivers//{name}identifier")]
        assert said == addresses(mail, "from"), (said, file)
        assert got == addresses(mail, "to") + addresses(mail, "cc") + addresses(mail, "bcc"), (got, file)
        read.append([digest, item.find(f"{name}timestamp").text])
    return {"messages": sorted(read)}


def addresses(mail, header):
    return [one.addr_spec for field in mail.get_all(header, []) for one in field.addresses if one.addr_spec != "<>"]


def custody():
    validator = pathlib.Path(sys.executable).parent / "case_validate"
    # Its one advice that is not followed: that a node's name end in a UUID of the versions 1 to 5.
    told = subprocess.run([validator, "--allow-info", place / "custody.jsonld"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    import rdflib

    graph = rdflib.Graph().parse(place / "custody.jsonld")
    hashes = "https://ontology.unifiedcyberontology.org/uco/types/hashValue"
    return {"hashes": sorted(str(value).lower() for value in graph.objects(None, rdflib.URIRef(hashes)))}


def mailboxes():
    digests = []
    for file in sorted(place.iterdir()):
        messages = mailbox.mbox(file, create=False)
        for key in messages.iterkeys():
            stored = re.sub(rb"(?m)^>(>*From )", rb"\1", messages.get_bytes(key))
            digests.append(hashlib.sha256(stored.rstrip(b"\n")).hexdigest())
    return {"messages": sorted(digests)}


print(json.dumps({"bagit": bag, "ts-103-705": records, "ts-103-707": messages, "case": custody, "mbox": mailboxes}[form]()))
