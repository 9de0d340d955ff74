//! The basis of a relaxation: which sums it takes in, and its inverse.

use super::{At, MOST_ROWS, NO_END, Simplex};

const ADDED_AT_ONCE: usize = 60;

impl Simplex<'_> {
    pub(super) fn take(&mut self, row: usize) {
        let size = self.taken.len();
        // The last line of the inverse of [[B, 0], [a, -1]] is a·B⁻¹, and -1.
        let mut line = vec![0.0; size + 1];
        for &(number, coefficient) in self.rows.row(row) {
            if let At::Basis(position) = self.at[number] {
                for (sum, entry) in line.iter_mut().zip(&self.inverse[position]) {
                    *sum += coefficient as f64 * entry;
                }
            }
        }
        line[size] = -1.0;
        for other in &mut self.inverse {
            other.push(0.0);
        }
        self.inverse.push(line);
        self.place[row] = Some(size);
        self.taken.push(row);
        let end = |end: i64| match end as f64 {
            end if end > NO_END => f64::INFINITY,
            end if end < -NO_END => f64::NEG_INFINITY,
            end => end,
        };
        self.low.push(end(self.rows.low[row]));
        self.high.push(end(self.rows.high[row]));
        self.at.push(At::Basis(size));
        self.basis.push(self.numbers + size);
        self.value.push(0.0);
        self.multipliers.push(0.0);
    }

    pub(super) fn take_broken(&mut self) -> bool {
        let values = self.values();
        let mut broken: Vec<(f64, usize)> = Vec::new();
        for row in 0..self.rows.len() {
            if self.place[row].is_some() {
                continue;
            }
            let sum: f64 = self
                .rows
                .row(row)
                .iter()
                .fold(0.0, |sum, &(number, a)| sum + a as f64 * values[number]);
            let by = (sum - self.rows.high[row] as f64).max(self.rows.low[row] as f64 - sum);
            if by > 1e-6 {
                broken.push((by, row));
            }
        }
        broken.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let room = MOST_ROWS
            .saturating_sub(self.taken.len())
            .min(ADDED_AT_ONCE);
        broken.truncate(room);
        for &(_, row) in &broken {
            self.take(row);
        }
        !broken.is_empty()
    }

    /// The entries of a variable's column, by place.
    pub(super) fn column(&self, variable: usize, mut each: impl FnMut(usize, f64)) {
        if variable >= self.numbers {
            each(variable - self.numbers, -1.0);
            return;
        }
        for &(row, coefficient) in self.rows.column(variable) {
            if let Some(place) = self.place[row] {
                each(place, coefficient as f64);
            }
        }
    }

    pub(super) fn revalue(&mut self) {
        let mut right = vec![0.0; self.taken.len()];
        for variable in 0..self.at.len() {
            if matches!(self.at[variable], At::Basis(_)) {
                continue;
            }
            let value = self.of(variable);
            if value != 0.0 {
                self.column(variable, |place, entry| right[place] -= entry * value);
            }
        }
        for (value, line) in self.value.iter_mut().zip(&self.inverse) {
            *value = line.iter().zip(&right).map(|(a, b)| a * b).sum();
        }
    }

    /// The inverse of the basis, from its columns.
    pub(super) fn refresh(&mut self) {
        let size = self.taken.len();
        let hidden: Vec<usize> = self
            .basis
            .iter()
            .copied()
            .filter(|&variable| variable < self.numbers)
            .collect();
        let mut free = vec![false; size];
        for variable in &self.basis {
            if *variable >= self.numbers {
                free[variable - self.numbers] = true;
            }
        }
        let before = self.at.clone();
        // From the basis of all sums, in which the hidden numbers take the places of the sums that are not in it.
        for place in 0..size {
            let line = &mut self.inverse[place];
            line.fill(0.0);
            line[place] = -1.0;
            self.basis[place] = self.numbers + place;
            self.at[self.numbers + place] = At::Basis(place);
        }
        let mut lost = Vec::new();
        for variable in hidden {
            let alpha = self.alpha(variable);
            let best = (0..size)
                .filter(|&place| !free[place])
                .max_by(|&a, &b| alpha[a].abs().total_cmp(&alpha[b].abs()));
            match best.filter(|&place| alpha[place].abs() > 1e-7) {
                Some(place) => {
                    self.replace(place, variable, &alpha);
                    free[place] = true;
                }
                None => lost.push(variable),
            }
        }
        for variable in lost {
            self.at[variable] = At::Low;
        }
        for (variable, &before) in before.iter().enumerate().skip(self.numbers) {
            if matches!(self.at[variable], At::Basis(position) if self.basis[position] != variable)
            {
                self.at[variable] = match before {
                    At::Basis(_) if self.low[variable].is_finite() => At::Low,
                    At::Basis(_) => At::High,
                    end => end,
                };
            }
        }
        self.since_fresh = 0;
        self.revalue();
    }

    pub(super) fn alpha(&self, variable: usize) -> Vec<f64> {
        let mut column = Vec::new();
        self.column(variable, |place, entry| column.push((place, entry)));
        self.inverse
            .iter()
            .map(|line| column.iter().map(|&(place, a)| line[place] * a).sum())
            .collect()
    }

    pub(super) fn replace(&mut self, position: usize, variable: usize, alpha: &[f64]) {
        let mut pivot_line = std::mem::take(&mut self.inverse[position]);
        let by = 1.0 / alpha[position];
        for entry in &mut pivot_line {
            *entry *= by;
        }
        for (other, line) in self.inverse.iter_mut().enumerate() {
            let factor = alpha[other];
            if other != position && factor.abs() > 1e-13 {
                for (entry, pivot) in line.iter_mut().zip(&pivot_line) {
                    *entry -= factor * pivot;
                }
            }
        }
        self.inverse[position] = pivot_line;
        self.basis[position] = variable;
        self.at[variable] = At::Basis(position);
    }
}
