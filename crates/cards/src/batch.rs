//! One sum over all points of a report, on all processors.

use std::thread;

use curve25519_dalek::ristretto::RistrettoPoint;
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{Identity, VartimeMultiscalarMul};

use crate::group::{Bytes, point};

/// Fewer points than this are not worth a thread.
const SHARE: usize = 2048;

/// `Σ scalar·point`, of public values. Fails with the place of the first that is no point.
pub(crate) fn sum(points: &[Bytes], scalars: &[Scalar]) -> Result<RistrettoPoint, usize> {
    assert_eq!(points.len(), scalars.len(), "each point has its scalar");
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let share = points.len().div_ceil(processors).max(SHARE);
    let one = |(at, points, scalars): (usize, &[Bytes], &[Scalar])| {
        let decoded: Result<Vec<RistrettoPoint>, usize> = points
            .iter()
            .enumerate()
            .map(|(own, bytes)| point(bytes).ok_or(at + own))
            .collect();
        Ok(RistrettoPoint::vartime_multiscalar_mul(scalars, decoded?))
    };
    let mut shares = points
        .chunks(share)
        .zip(scalars.chunks(share))
        .enumerate()
        .map(|(number, (points, scalars))| (number * share, points, scalars));
    let Some(first) = shares.next() else {
        return Ok(RistrettoPoint::identity());
    };
    thread::scope(|scope| {
        let others: Vec<_> = shares
            .map(|share| scope.spawn(move || one(share)))
            .collect();
        let mut sum = one(first);
        for other in others {
            let other = other
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            // The first that is wrong is told, whoever found one first.
            sum = sum.and_then(|sum| other.map(|other| sum + other));
        }
        sum
    })
}
