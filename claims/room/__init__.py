"""The case room: who sees a case, signs its share, dissents, appeals."""
