//! Whatever is taken in: a demand or a clear error, and a demand survives being written and read.
#![no_main]
use lagrum_model::Demand;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Ok(demand) = Demand::parse(bytes) {
        let json = serde_json::to_vec(&demand).expect("a demand is JSON-safe");
        assert_eq!(Demand::parse(&json).expect("what was written can be read"), demand);
    }
});
