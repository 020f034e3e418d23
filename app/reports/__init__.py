"""Reports and indicators (raportit ja indikaattorit, rapporter och indikatorer): the same records as knowledge at three levels. Basis: 681/2023 §§ 53, 55–56, 72."""
