//! A package that lies in a bucket, fetched at the door: whole, in pieces, and never as something that it is not.

use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use lagrum_model::Sha256Digest;

use super::{handed_over, last_case, police, ready, sent};
use crate::bucket::in_bucket;
use crate::bucket::proxy::{Deed, Wire, refusal};
use crate::objects::moto::Moto;
use crate::support::{ended, program};
use crate::web::Served;

#[test]
fn an_officer_fetches_from_the_bucket_and_is_never_given_other_bytes_as_the_package() {
    let Some(moto) = Moto::start(None) else {
        return;
    };
    let hand = ready();
    let closed = Arc::new(AtomicBool::new(false));
    let state = Arc::clone(&closed);
    let wire = Wire::to(
        moto.port,
        Box::new(move |_, _| match state.load(Ordering::Relaxed) {
            true => refusal("403 Forbidden", "AccessDenied"),
            false => Deed::Pass,
        }),
    );
    in_bucket(&hand, &moto, wire.port);
    let served = Served::with_door(&hand);
    let mut ek = police(&served);
    let path = sent(&mut ek, "AM-77-26", &[("beslut.txt", b"Beslut")]);
    let case = last_case(&hand);
    let told = handed_over(&hand, &served, &case);
    let file = told["packages"][0].as_str().unwrap();
    let bytes = fs::read(file).unwrap();
    let digest = Sha256Digest::of(&bytes).to_string();
    // Somebody took it away from there: it is fetched from the bucket.
    fs::remove_file(file).unwrap();

    ek.get(&path).ok().says("Fetch the sealed package");
    let fetch = format!("{path}/packages/{digest}");
    let whole = ek.get(&fetch).ok();
    assert_eq!(whole.bytes, bytes);
    let length = bytes.len();
    assert_eq!(whole.header("content-length"), Some(&*length.to_string()));
    assert_eq!(whole.header("accept-ranges"), Some("bytes"));
    let etag = whole.header("etag").unwrap().to_owned();
    assert_eq!(etag, format!("\"{digest}\""));
    let mut piece = |range: &str, known: &str| {
        let headers = [("Range", range), ("If-Range", known)];
        ek.send("GET", &fetch, &headers, b"")
    };
    let rest = piece("bytes=100-", &etag);
    assert_eq!((rest.status, &rest.bytes[..]), (206, &bytes[100..]));
    let said = format!("bytes 100-{}/{length}", length - 1);
    assert_eq!(rest.header("content-range"), Some(&*said));
    let middle = piece("bytes=7-20", &etag);
    assert_eq!((middle.status, &middle.bytes[..]), (206, &bytes[7..21]));
    let last = piece("bytes=-9", &etag);
    assert_eq!((last.status, &last.bytes[..]), (206, &bytes[length - 9..]));
    assert_eq!(piece(&format!("bytes={length}-"), &etag).status, 416);
    // A piece of another file is not asked for: all of it comes.
    let other = piece("bytes=100-", "\"another\"");
    assert_eq!((other.status, other.bytes.len()), (200, length));
    let package = hand.write("fetched.tar.age", &whole.bytes);
    let identity = hand.path("police.key");
    ended(program().args(["open", &package, "--identity", &identity])).ok();

    // Other bytes of the same length: the connection breaks off before the end.
    let key = format!("packages/{digest}");
    let mut wrong = bytes.clone();
    wrong[length / 2] ^= 1;
    moto.put("store", &key, &wrong, "2026-03-15T12:00:00Z");
    let broken = ek.get(&fetch);
    let said = broken.header("content-length");
    assert!(
        said.is_none_or(|said| said == length.to_string()),
        "{said:?}"
    );
    assert!(broken.bytes.len() < length, "{}", broken.bytes.len());
    ek.get(&path).ok().says("Fetch the sealed package");

    // Gone, and said so; what is recorded as fetched was fetched.
    moto.remove("store", &key);
    ek.get(&path).ok().says("The package was taken away");
    assert_eq!(ek.get(&fetch).status, 404);

    // A bucket that nobody may read just now is no package that was taken away.
    closed.store(true, Ordering::Relaxed);
    ek.get(&path).ok().says("cannot be fetched just now");
    assert_eq!(ek.get(&fetch).status, 503);
    ek.get("/").ok().says("AM-77-26");
}
