//! Promises of the web as a whole.

use crate::{door_routes, routes};

/// Every route, and who may come in. What is not in this list is not there, because the router is made
/// of it; so a route without a row cannot be.
#[test]
fn every_route_has_its_row_in_the_reviewed_list() {
    for (name, routes) in [("routes.txt", routes()), ("door_routes.txt", door_routes())] {
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
