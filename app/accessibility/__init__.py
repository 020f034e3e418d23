"""The accessibility statement (saavutettavuusseloste, tillgänglighetsutlåtande). Basis: 306/2019 chapter 3."""
