//! Who did what with which files, as JSON-LD of the ontologies CASE 1.4 and UCO 1.4: the mandate as an
//! authorization, the search, and what came of it file by file with its SHA-256. Names of nodes follow from
//! the package, so that two conversions of it say the same.

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;
use lagrum_model::Sha256Digest;
use lagrum_package::Items;
use lagrum_package::layout::{ItemKind, ManifestLine};
use serde_json::{Value, json};

use crate::files::{Hashed, create};
use crate::{ConversionError, Converted, Package};

/// Writes it, as `custody.jsonld`.
pub(crate) fn write(
    from: &Package<'_>,
    to: &Path,
    now: Timestamp,
) -> Result<Converted, ConversionError> {
    let path = to.join("custody.jsonld");
    let fault = || ConversionError::io(&path);
    let mut file = create(&path)?;
    let names = Names(from.checked.mandate.digest());
    write!(file, "{{\"@context\":{},\n\"@graph\":[", context()).map_err(fault())?;
    let mut nodes = 0_u64;
    let mut put = |node: &Value| {
        let comma = if nodes > 0 { "," } else { "" };
        nodes += 1;
        write!(file, "{comma}\n{node}").map_err(fault())
    };
    let mut results = Vec::new();
    for line in Items::of(from.directory)? {
        let line = line?;
        // What the package says of a file is said again only of the file as it lies there.
        let mut there = Hashed::open(from.directory, &line.path)?;
        std::io::copy(&mut there, &mut std::io::sink())
            .map_err(ConversionError::io(from.directory))?;
        there.is(&line)?;
        put(&of_file(&line, &names))?;
        results.push(json!({"@id": names.of(&line.path)}));
    }
    let held = results.len() as u64;
    for node in of_search(from, &names, results, now) {
        put(&node)?;
    }
    write!(file, "\n]}}\n").map_err(fault())?;
    file.flush().map_err(fault())?;
    Ok(Converted { held, left_out: 0 })
}

fn context() -> Value {
    json!({
        "kb": "urn:lagrum:",
        "case-investigation": "https://ontology.caseontology.org/case/investigation/",
        "uco-action": "https://ontology.unifiedcyberontology.org/uco/action/",
        "uco-core": "https://ontology.unifiedcyberontology.org/uco/core/",
        "uco-identity": "https://ontology.unifiedcyberontology.org/uco/identity/",
        "uco-observable": "https://ontology.unifiedcyberontology.org/uco/observable/",
        "uco-tool": "https://ontology.unifiedcyberontology.org/uco/tool/",
        "uco-types": "https://ontology.unifiedcyberontology.org/uco/types/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    })
}

/// The names of the nodes of one package.
struct Names(Sha256Digest);

impl Names {
    /// A name that ends in a UUID (RFC 9562, version 8: its bits are of a SHA-256).
    fn of(&self, what: &str) -> String {
        let mut bits = Sha256Digest::of(format!("{} {what}", self.0).as_bytes()).0;
        bits[6] = bits[6] & 0x0f | 0x80;
        bits[8] = bits[8] & 0x3f | 0x80;
        let hex = Sha256Digest(bits).to_string();
        let [a, b, c, d, e] = [
            &hex[..8],
            &hex[8..12],
            &hex[12..16],
            &hex[16..20],
            &hex[20..32],
        ];
        format!("kb:{a}-{b}-{c}-{d}-{e}")
    }
}

fn instant(at: Timestamp) -> Value {
    json!({"@type": "xsd:dateTime", "@value": at.to_string()})
}

fn hash(digest: Sha256Digest, names: &Names, of: &str) -> Value {
    json!({
        "@id": names.of(&format!("hash of {of}")),
        "@type": "uco-types:Hash",
        "uco-types:hashMethod": "SHA256",
        "uco-types:hashValue": {"@type": "xsd:hexBinary", "@value": digest},
    })
}

fn of_file(line: &ManifestLine, names: &Names) -> Value {
    let what = match line.kind {
        ItemKind::Message => "A message as it was stored",
        ItemKind::Object => "An object as it was stored",
        ItemKind::RecordsJson => "Rows as they were stored",
        ItemKind::RecordsCsv => "The same rows as a table",
    };
    json!({
        "@id": names.of(&line.path),
        "@type": "uco-observable:File",
        "uco-core:description": format!("{what}: account {}, {}, source {}", line.identifier, line.category.as_str(), line.source),
        "uco-core:hasFacet": [
            {
                "@id": names.of(&format!("name of {}", line.path)),
                "@type": "uco-observable:FileFacet",
                "uco-observable:fileName": line.path.rsplit('/').next(),
                "uco-observable:filePath": line.path,
                "uco-observable:isDirectory": false,
                "uco-observable:sizeInBytes": line.length,
            },
            {
                "@id": names.of(&format!("content of {}", line.path)),
                "@type": "uco-observable:ContentDataFacet",
                "uco-observable:hash": hash(line.sha256, names, &line.path),
                "uco-observable:sizeInBytes": line.length,
            },
        ],
    })
}

/// The search, on which authority, by what, and what came of it.
fn of_search(from: &Package<'_>, names: &Names, results: Vec<Value>, now: Timestamp) -> Vec<Value> {
    let mandate = &from.checked.mandate;
    let statement = &from.checked.statement;
    let reference = |what: &str| json!({"@id": names.of(what)});
    let signed = match &from.checked.signers[..] {
        [] => "the signatures were not checked".to_owned(),
        names => format!("signed by {}", names.join(" and ")),
    };
    let mut record = json!({
        "@id": names.of("record"),
        "@type": "case-investigation:ProvenanceRecord",
        "uco-core:description": format!("What was handed over in case {}, the authority's reference {}", mandate.case, mandate.reference),
        "case-investigation:exhibitNumber": mandate.case,
    });
    if !results.is_empty() {
        record["uco-core:object"] = results.into();
    }
    let parts = ["mandate", "agent", "record", "search"].map(reference);
    vec![
        json!({
            "@id": names.of("mandate"),
            "@type": "case-investigation:Authorization",
            "uco-core:description": format!("The provider's mandate, {signed}; SHA-256 {}", mandate.digest()),
            "case-investigation:authorizationType": mandate.provision,
            "case-investigation:authorizationIdentifier": mandate.reference,
            "uco-core:startTime": instant(mandate.issued_at),
            "uco-core:endTime": instant(mandate.expires_at),
        }),
        json!({
            "@id": names.of("agent"),
            "@type": "uco-tool:Tool",
            "uco-core:name": "Lagrum",
            "uco-core:description": format!("The provider's agent in the region {}", statement.region),
        }),
        record,
        json!({
            "@id": names.of("search"),
            "@type": "case-investigation:InvestigativeAction",
            "uco-core:name": "search and production",
            "uco-action:startTime": instant(statement.began_at),
            "uco-action:endTime": instant(statement.ended_at),
            "uco-action:instrument": reference("agent"),
            "case-investigation:relevantAuthorization": reference("mandate"),
            "uco-action:result": reference("record"),
        }),
        json!({
            "@id": names.of("bundle"),
            "@type": "uco-core:Bundle",
            "uco-core:name": format!("Case {}", mandate.case),
            "uco-core:objectCreatedTime": instant(now),
            "uco-core:object": parts,
        }),
    ]
}
