//! Events out of a proof or a database: read or refused, and written as they were read.
use lagrum_mandate::gate::LoggedEvent;
use lagrum_model::Event;

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    if let Ok(event) = serde_json::from_slice::<Event>(bytes) {
        let json = serde_json::to_vec(&event).expect("an event is JSON-safe");
        assert_eq!(
            serde_json::from_slice::<Event>(&json).expect("what was written can be read"),
            event
        );
    }
    if let Ok(logged) = serde_json::from_slice::<LoggedEvent>(bytes) {
        let _ = serde_json::from_str::<Event>(&logged.event);
    }
}
