//! Whatever is taken in: a demand or a clear error, and a demand survives being written and read.
use lagrum_model::Demand;

/// Reads one input.
pub(crate) fn read(bytes: &[u8]) {
    if let Ok(demand) = Demand::parse(bytes) {
        let json = serde_json::to_vec(&demand).expect("a demand is JSON-safe");
        assert_eq!(
            Demand::parse(&json).expect("what was written can be read"),
            demand
        );
    }
}
