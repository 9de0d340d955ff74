//! Promises of the web as a whole.

use crate::{api, door_routes, routes};

/// Every route, and who may come in. What is not in this list is not there, because the router is made
/// of it; so a route without a row cannot be.
#[test]
fn every_route_has_its_row_in_the_reviewed_list() {
    for (name, routes) in [
        ("routes.txt", routes()),
        ("door_routes.txt", door_routes()),
        ("api_routes.txt", api::routes()),
    ] {
        let reviewed = format!("{}/{name}", env!("CARGO_MANIFEST_DIR"));
        if std::env::var_os("LAGRUM_GOLDEN").is_some_and(|wish| wish == "write") {
            std::fs::write(&reviewed, &routes).unwrap();
        }
        let text = std::fs::read_to_string(&reviewed).unwrap();
        assert_eq!(
            routes, text,
            "{name}: who may come in changed: review it, then LAGRUM_GOLDEN=write"
        );
    }
}

/// The document of the interface for programs, as it was reviewed: a program that was made of it today must
/// work tomorrow.
#[test]
fn the_document_of_the_interface_is_the_one_that_was_reviewed() {
    let document = serde_json::to_string_pretty(&api::openapi()).unwrap() + "\n";
    let reviewed = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    if std::env::var_os("LAGRUM_GOLDEN").is_some_and(|wish| wish == "write") {
        std::fs::write(reviewed, &document).unwrap();
    }
    let text = std::fs::read_to_string(reviewed).unwrap();
    assert!(
        document == text,
        "openapi.json: what programs read changed: review it, then LAGRUM_GOLDEN=write"
    );
}

/// Nothing is referred to that is not there, and no name is given twice.
#[test]
fn the_document_of_the_interface_is_whole() {
    let document = api::openapi();
    let mut refers = Vec::new();
    gather(&document, &mut refers);
    assert!(refers.len() > 200, "{}", refers.len());
    for to in refers {
        let pointer = to.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{to}");
    }
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|path| path.as_object().unwrap().values());
    let names: Vec<_> = operations
        .map(|one| one["operationId"].as_str().unwrap())
        .collect();
    let different: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!((names.len(), different.len()), (62, 62));
}

fn gather(value: &serde_json::Value, refers: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            if let Some(serde_json::Value::String(to)) = fields.get("$ref") {
                refers.push(to.clone());
            }
            fields.values().for_each(|inside| gather(inside, refers));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| gather(item, refers)),
        _ => {}
    }
}

/// The page for integrators shows the lists as the program has them.
#[test]
fn the_page_for_integrators_shows_every_operation_and_every_code() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/api.md");
    let page = std::fs::read_to_string(file).unwrap();
    let mut made = page.clone();
    for (what, list) in [
        ("operations", api::operations()),
        ("codes", api::problems()),
    ] {
        let (before, rest) = made.split_once(&format!("<!-- begin: {what} ")).unwrap();
        let (mark, rest) = rest.split_once("-->\n").unwrap();
        let (_, after) = rest.split_once("<!-- end -->").unwrap();
        made = format!("{before}<!-- begin: {what} {mark}-->\n{list}<!-- end -->{after}");
    }
    if std::env::var_os("LAGRUM_GOLDEN").is_some_and(|wish| wish == "write") {
        std::fs::write(file, &made).unwrap();
    }
    let page = std::fs::read_to_string(file).unwrap();
    assert!(
        page == made,
        "docs/api.md: the lists changed: LAGRUM_GOLDEN=write"
    );
}
