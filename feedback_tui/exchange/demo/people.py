"""Invented names for the demo. No one here is real."""

from __future__ import annotations

from random import Random
from typing import Final

FIRST: Final = (
    "Margaret", "John", "Patricia", "David", "Jean", "Peter", "Susan", "Michael", "Dorothy", "Alan", "Sheila", "Brian",
    "Joan", "Raymond", "Maureen", "Derek", "Hilda", "Stanley", "Edith", "Norman", "Elizabeth", "Thomas", "Rachel",
    "Daniel", "Chloe", "Callum", "Priya", "Sanjay", "Amina", "Yusuf", "Grace", "Samuel", "Kofi", "Adaeze", "Bronagh",
)  # fmt: skip
LAST: Final = (
    "Ashworth", "Bickerton", "Clegg", "Davenport", "Eccles", "Fairclough", "Garside", "Hollins", "Ibbotson", "Jessop",
    "Kershaw", "Lomas", "Marsden", "Nuttall", "Oakeley", "Pritchard", "Quayle", "Ramsbottom", "Shawcross", "Tranter",
    "Underhill", "Venables", "Whittle", "Yarwood", "O'Brien", "O’Connell", "Fitzgerald-Moore", "de la Haye",
    "McAllister", "Patel", "Chowdhury", "Okonkwo", "Mensah", "St John-Price",
)  # fmt: skip
WHOLE: Final = (
    "Siân Llewellyn", "Gwenllïan ap Rhys", "Rhŷs Ffoulkes-Jones", "Łucja Wiśniewska", "Zbigniew Szczęsny",
    "Małgorzata Żółkiewska", "Jędrzej Ćwik", "Wang Xiuying", "陳大文 (Chan Tai-man)", "Li Na", "欧阳明 (Ouyang Ming)",
    "Fāṭima al-Zahrāʾ Haddad", "ليلى حداد", "Abd al-Rahman ibn Yusuf", "محمد الأمين", "Nguyễn Thị Hương",
    "Zoë D'Arcy-Quinn", "Søren Kjær", "José María Ibáñez", "Ἑλένη Papadopoulou", "Ольга Шевченко", "Æthelwyn Stone",
)  # fmt: skip
MPS: Final = ("Helena Marchbanks MP", "Sir Desmond Pole MP", "Oluwaseun Adeyemi MP")
COUNCILLORS: Final = (
    "Cllr Joyce Penhaligon", "Cllr Iqbal Rahmani", "Cllr Tom Wetherby", "Cllr Eirlys Bevan", "Cllr Pat O'Rourke",
    "Cllr Małgosia Nowak", "Cllr George Tunnicliffe", "Cllr Winsome Grant", "Cllr Neil Sugden",
)  # fmt: skip


def name(rng: Random) -> str:
    """Returns a name: usually first and last name, one in ten a name of another form."""
    if rng.random() < 0.1:
        return rng.choice(WHOLE)
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def relative(rng: Random, of: str) -> str:
    """Returns the name of a relative of the person `of`, often with the same surname."""
    first, _, last = of.rpartition(" ")
    if first and last.isascii() and rng.random() < 0.6:
        return f"{rng.choice(FIRST)} {last}"
    return name(rng)
