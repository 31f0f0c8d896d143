//! What each column of a table holds: by the words of its head where they are known, by the shape of its cells always.

use super::cell::{CellShape, Shapes};
use super::grid::Grid;
use super::lifetime;
use super::likeness::Likeness;
use crate::lexicon::{self, Column, Unit};

/// Rows looked at to learn the shape of a column.
const SAMPLE: usize = 60;

/// What the columns of a table hold, by place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Columns {
    pub roles: Vec<Role>,
    pub name: usize,
    /// Unit of bare numbers in the lifetime column ("Expires (days)").
    pub unit: Option<Unit>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Name,
    Provider,
    Purpose,
    Category,
    Lifetime,
    Party,
    Host,
    Service,
    LegalBasis,
    Storage,
    /// "Type" and columns with an unknown head: each cell is taken for what it says.
    Any,
    Ignored,
}

/// What stands around a table and tells whether it is one of cookies.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Around {
    /// The heading, caption or sentence right above speaks of cookies.
    pub speaks_of_cookies: bool,
    /// A heading above names a category of cookies.
    pub category: bool,
}

/// One column while it is judged.
struct Candidate {
    heads: Vec<(Column, f32)>,
    head_speaks_of_cookies: bool,
    shapes: Shapes,
}

impl Candidate {
    fn head(&self, column: Column) -> f32 {
        self.heads.iter().find(|(other, _)| *other == column).map_or(0.0, |(_, strength)| *strength)
    }

    fn best_head(&self) -> Option<Column> {
        self.heads.first().filter(|(_, strength)| *strength >= 0.4).map(|(column, _)| *column)
    }

    /// How well the column serves as the one with names.
    fn as_names(&self) -> f32 {
        let other = self.heads.iter().filter(|(column, _)| !matches!(column, Column::Name | Column::TypeAny));
        let other = other.map(|(_, strength)| *strength).fold(0.0, f32::max);
        let shapes = &self.shapes;
        let against = shapes.share(|shape| shape.host || shape.lifetime || shape.party || shape.storage);
        shapes.names() + 0.5 * self.head(Column::Name) - 0.5 * other - 0.8 * against
    }
}

impl Columns {
    /// Decides the columns of a table, or none when it is no table of cookies.
    pub fn decide(grid: &Grid, head: Option<usize>, body: &[usize], around: Around) -> Option<Columns> {
        let candidates: Vec<Candidate> = (0..grid.width).map(|column| candidate(grid, head, body, column)).collect();
        let name = (0..candidates.len())
            .filter(|at| candidates[*at].shapes.names() > 0.0)
            .max_by(|a, b| candidates[*a].as_names().total_cmp(&candidates[*b].as_names()).then(b.cmp(a)))?;
        let mut roles = vec![Role::Ignored; candidates.len()];
        roles[name] = Role::Name;
        for (at, candidate) in candidates.iter().enumerate().filter(|(at, _)| *at != name) {
            roles[at] = role_by_head(candidate);
        }
        settle_lifetimes(&mut roles, &candidates);
        settle_unknown(&mut roles, &candidates, head.is_some());
        settle_providers(&mut roles);
        let unit = roles.iter().position(|role| *role == Role::Lifetime).zip(head);
        let unit = unit.and_then(|(at, head)| lifetime::unit_of_header(grid.rows[head].words(at)));
        accept(&candidates, &roles, name, around).then_some(Columns { roles, name, unit })
    }

    /// The first column with this role.
    pub fn find(&self, role: Role) -> Option<usize> {
        self.roles.iter().position(|other| *other == role)
    }
}

fn candidate(grid: &Grid, head: Option<usize>, body: &[usize], column: usize) -> Candidate {
    let words = head.map_or("", |head| grid.rows[head].words(column));
    let heads = lexicon::column(words).iter().map(|hit| (hit.column, hit.strength)).collect();
    let step = body.len().div_ceil(SAMPLE).max(1);
    let mut shapes = Shapes::default();
    for row in body.iter().step_by(step) {
        let Some(slot) = grid.rows[*row].slots.get(column) else { continue };
        if let Some(cell) = slot.cell.filter(|_| !slot.from_before) {
            shapes.add(CellShape::of(&cell.text, words));
        }
    }
    Candidate { heads, head_speaks_of_cookies: lexicon::speaks_of_cookies(words), shapes }
}

/// The role that the head gives, unless the cells say otherwise.
fn role_by_head(candidate: &Candidate) -> Role {
    let shapes = &candidate.shapes;
    if shapes.filled == 0 {
        return Role::Ignored;
    }
    let most = |test: fn(&CellShape) -> bool| shapes.share(test) >= 0.6;
    if most(|shape| shape.party) {
        return Role::Party;
    }
    if most(|shape| shape.host) && candidate.head(Column::Provider) < 0.4 {
        return Role::Host;
    }
    match candidate.best_head() {
        Some(Column::Lifetime) => Role::Lifetime,
        Some(Column::Provider) => Role::Provider,
        Some(Column::Purpose) => Role::Purpose,
        Some(Column::Category) if most(|shape| shape.sentence && !shape.category) => Role::Purpose,
        // "Sous-groupe de cookies" over hosts: the cells say no category at all.
        Some(Column::Category)
            if shapes.share(|shape| shape.category) == 0.0 && shapes.share(|shape| shape.host) >= 0.3 =>
        {
            Role::Host
        }
        Some(Column::Category) => Role::Category,
        Some(Column::Party) => Role::Party,
        Some(Column::Host) if shapes.share(|shape| shape.host) < 0.3 => Role::Provider,
        Some(Column::Host) => Role::Host,
        Some(Column::Service) => Role::Service,
        Some(Column::LegalBasis) => Role::LegalBasis,
        Some(Column::Storage) => Role::Storage,
        Some(Column::Value | Column::Other) => Role::Ignored,
        Some(Column::TypeAny) => Role::Any,
        // A second column with names, or a head that says nothing: the cells decide.
        Some(Column::Name) | None => role_by_shape(shapes),
    }
}

fn role_by_shape(shapes: &Shapes) -> Role {
    let most = |test: fn(&CellShape) -> bool| shapes.share(test) >= 0.6;
    if most(|shape| shape.party) {
        Role::Party
    } else if shapes.share(|shape| shape.category) >= 0.9 {
        Role::Category
    } else if most(|shape| shape.storage) {
        Role::Storage
    } else if most(|shape| shape.lifetime) {
        Role::Lifetime
    } else if most(|shape| shape.host) {
        Role::Host
    } else {
        Role::Any
    }
}

/// One column tells the lifetime: the one whose head says so, else the one whose cells do.
fn settle_lifetimes(roles: &mut [Role], candidates: &[Candidate]) {
    let claims: Vec<usize> = (0..roles.len()).filter(|at| roles[*at] == Role::Lifetime).collect();
    let fit =
        |at: &usize| candidates[*at].shapes.share(|shape| shape.lifetime) + candidates[*at].head(Column::Lifetime);
    let Some(best) = claims.iter().copied().max_by(|a, b| fit(a).total_cmp(&fit(b)).then(b.cmp(a))) else {
        // "Type (if persistent cookie, retention period)": the cells hold lifetimes.
        let hidden = (0..roles.len())
            .filter(|at| roles[*at] == Role::Any)
            .find(|at| candidates[*at].shapes.share(|shape| shape.lifetime || shape.storage) >= 0.8);
        if let Some(at) = hidden.filter(|at| candidates[*at].shapes.share(|shape| shape.lifetime) >= 0.3) {
            roles[at] = Role::Lifetime;
        }
        return;
    };
    for other in claims.into_iter().filter(|at| *at != best) {
        roles[other] = Role::Any;
    }
}

/// Columns without a known head: sentences are the purpose, where no other column is.
fn settle_unknown(roles: &mut [Role], candidates: &[Candidate], headed: bool) {
    let unknown = |at: usize, roles: &[Role]| roles[at] == Role::Any && candidates[at].best_head().is_none();
    if !roles.contains(&Role::Purpose) {
        let longest = (0..roles.len())
            .filter(|at| unknown(*at, roles) && candidates[*at].shapes.share(|shape| shape.sentence) >= 0.5)
            .max_by_key(|at| candidates[*at].shapes.mean_length());
        if let Some(at) = longest {
            roles[at] = Role::Purpose;
        }
    }
    // Without any head, short cells with a capital that come back are who sets the cookie.
    let provided = roles.contains(&Role::Provider) || roles.contains(&Role::Host);
    if !headed && !provided {
        let short = (0..roles.len())
            .find(|at| unknown(*at, roles) && candidates[*at].shapes.share(|shape| shape.proper) >= 0.7);
        if let Some(at) = short {
            roles[at] = Role::Provider;
        }
    }
}

/// A second provider column is the service, unless there is one.
fn settle_providers(roles: &mut [Role]) {
    let mut seen = false;
    let service = roles.contains(&Role::Service);
    for role in roles.iter_mut().filter(|role| **role == Role::Provider) {
        if seen {
            *role = if service { Role::Ignored } else { Role::Service };
        }
        seen = true;
    }
}

/// Is this a table of cookies at all? Names must look like names, and something must speak for cookies.
fn accept(candidates: &[Candidate], roles: &[Role], name: usize, around: Around) -> bool {
    let names = &candidates[name].shapes;
    let strong = names.share(|shape| shape.name == Likeness::Strong);
    let word = names.share(|shape| shape.name >= Likeness::Word);
    let product = names.share(|shape| shape.name >= Likeness::Product);
    let prices = candidates.iter().any(|candidate| candidate.shapes.share(|shape| shape.price) >= 0.4);
    if prices {
        return false;
    }
    let head = candidates[name].head(Column::Name) >= 0.4;
    let of_cookies = around.speaks_of_cookies || candidates.iter().any(|candidate| candidate.head_speaks_of_cookies);
    let has = |role: Role| roles.contains(&role);
    let told = has(Role::Purpose) || has(Role::Provider) || has(Role::Host);
    let mut points = 0;
    points += i32::from(head);
    points += 2 * i32::from(of_cookies);
    points += i32::from(around.category);
    points += i32::from(has(Role::Lifetime));
    points += i32::from(has(Role::Purpose));
    points += i32::from(has(Role::Provider) || has(Role::Host) || has(Role::Party));
    points += i32::from(has(Role::Category) || has(Role::Storage));
    points += 2 * i32::from(names.share(|shape| shape.marked) >= 0.2);
    if strong >= 0.5 {
        points >= 2
    } else if word >= 0.5 {
        head && (of_cookies || (around.category && has(Role::Lifetime) && told)) || (strong > 0.0 && points >= 4)
    } else {
        // Names with a capital only: the head of the column itself must say that they are names of cookies.
        product >= 0.7 && strong > 0.0 && head && candidates[name].head_speaks_of_cookies && told
    }
}
